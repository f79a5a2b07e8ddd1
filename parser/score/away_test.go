package score

import "testing"

// Who is away for a time gives no case back, also where he has only one.
func TestAwayIsNoAbstention(t *testing.T) {
	one := desk()
	one.Cases = one.Cases[:1]
	one.Letters = []Letter{requestLetter(one)}
	for _, r := range []Request{desk(), one} {
		run(t, r, []group{{"away is no abstention", [][2]string{
			{"近期出差，11月20日前暂不能评审。", "absence"},
			{"我在国外访学，12月返回后才能评审，此前无法评分。", "absence"},
			{"目前住院，出院后再评分，这之前不能打分。", "absence"},
			{"0007 出差期间了解不够，无法评分", "abstained 0007"},
		}}})
	}
}
