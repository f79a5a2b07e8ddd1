package sample

import "time"

// Existing is a mail that lies in the mailbox before the bot starts for the
// first time (存量).
type Existing struct {
	Folder   string // "INBOX" or "Sent"
	Arrived  time.Time
	Seen     bool // read by people
	Answered bool // answered by people
	Title    string
	TitleZh  string
	Raw      []byte
}

// Before is what lies in the mailbox before [Start], oldest first: two packages, of
// which one was answered by hand, the answer, and an ordinary mail of a
// colleague.
func Before() []Existing {
	jm, zq := caseJiangmen(), caseZhaoqing()
	first := bureauMail(jm.City)
	first.At, first.Subject, first.Text, first.Files = at(9, 10, 12), "江门市推荐电子商务优秀案例", announce(jm), []File{jm.Zip(GBK)}
	second := bureauMail(zq.City)
	second.At, second.Subject, second.Text, second.Files = at(10, 15, 40), "肇庆市电子商务优秀案例申报材料", announce(zq), []File{zq.Zip(GBK)}
	answer := Mail{Client: NetEase, From: Mailbox, FromName: "省商务厅电商处", To: second.From, At: at(11, 9, 5),
		Text: "您好，材料已收到，电子版齐全，谢谢。",
		Answers: &Letter{From: second.From, FromName: second.FromName, To: Mailbox, Subject: second.Subject,
			MessageID: second.MessageID(), Date: second.At, Text: second.Text}}
	colleague := Mail{Client: Foxmail, From: Colleague, FromName: "陈静", At: at(11, 16, 20), Subject: "关于周五会议室安排",
		Text: "各位同事：\n周五上午的处务会改在三楼会议室，时间不变。\n\n陈静"}
	return []Existing{
		{"INBOX", first.At, true, false, "a package nobody has answered yet", "江门市：来信未答复", first.Bytes()},
		{"INBOX", second.At, true, true, "a package answered by hand", "肇庆市：来信已人工答复", second.Bytes()},
		{"Sent", answer.At, true, false, "the answer by hand", "人工答复肇庆市", answer.Bytes()},
		{"INBOX", colleague.At, true, false, "a colleague's ordinary mail", "同事的日常邮件", colleague.Bytes()},
	}
}
