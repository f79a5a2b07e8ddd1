package intake

import (
	"strings"
	"testing"
)

func TestAmounts(t *testing.T) {
	for _, same := range []string{"12,000万=1.2亿", "1.20亿=1.2亿", "3千万=3000万", "5百万=500万", "0.5=0.50", "1.23456万=12345.6", "2023=2,023", "1万亿=10000亿"} {
		a, b, _ := strings.Cut(same, "=")
		if amountValue(a) != amountValue(b) {
			t.Errorf("%s: %s, %s", same, amountValue(a), amountValue(b))
		}
	}
	for _, other := range []string{"1.2亿=1.2万", "12万=1.2万", "2023=2024", "0.5=5", "100=1000"} {
		a, b, _ := strings.Cut(other, "=")
		if amountValue(a) == amountValue(b) {
			t.Errorf("%s: both %s", other, amountValue(a))
		}
	}
}

// The later of two is named, and no longer once the earlier is withdrawn.
func TestDuplicateGoesWithTheOther(t *testing.T) {
	k := newCourt(t)
	k.mail("sw@foshan.example", strings.Replace(pack(unitA, caseA), "营业执照.jpg", "营业执照.pdf: license "+codeFoshan, 1), false)
	k.mail("sw@foshan.example", strings.Replace(pack("佛山市某甲智能家居有限公司", caseA), "营业执照.jpg", "营业执照.pdf: license "+codeFoshan, 1), false)
	has := func(number string) bool {
		for _, f := range k.get(number).Findings {
			if f.Code == "duplicate-submission" {
				return true
			}
		}
		return false
	}
	if has("AL2024-0001") || !has("AL2024-0002") {
		t.Errorf("named: %v %v", has("AL2024-0001"), has("AL2024-0002"))
	}
	k.must("AL2024-0001", Ruling{Verb: "撤回", Reason: "重复"})
	if has("AL2024-0002") {
		t.Error("it is still a duplicate")
	}
}
