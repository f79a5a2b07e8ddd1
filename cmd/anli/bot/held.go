package bot

import (
	"cmp"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
	"anli/review"
	"anli/templates"
)

// A letter to staff stays readable, and its entry, with a letter for each of
// them, far below the ledger's limit.
const (
	listed      = 100    // rows, cases and mails of a list
	shownHeld   = 30     // held letters
	shownText   = 20000  // characters of one held letter
	shownInAll  = 200000 // characters of all of them
	textCutMark = "\n（以下略）"
)

// atMost gives the first n and how many more there are.
func atMost[T any](list []T, n int) ([]T, int) {
	if len(list) <= n {
		return list, 0
	}
	return list[:n:n], len(list) - n
}

// heldLetters shows the letters that wait for a person, those to approve or the
// others, whole as far as they are not immense, and says how many more there are.
func heldLetters(b *review.Bench, approve bool) (out []templates.HeldLetter, more int) {
	room := shownInAll
	shown := map[string]string{} // words without salutation and code → the letter that shows them
	for _, u := range b.HeldLetters() {
		if (u.Fate.Hold == outbox.HoldApprove) != approve {
			continue
		}
		if len(out) == shownHeld {
			more++
			continue
		}
		h := templates.HeldLetter{Code: u.Letter.Code, To: u.Letter.To, Subject: u.Letter.Subject, Reason: holdWords(u.Fate.Hold)}
		if showsScores(u.Letter) && b.Panel.Phase != review.PhaseClosed {
			h.Text = "（信中有专家的评分，评审结束前不予显示。）"
		} else if words, err := intake.Words(u.Letter); err == nil {
			h.Text = cutShown(withoutMaterials(u.Letter, words.Text), min(shownText, room))
			if same := body(h.Text, h.Code); shown[same] != "" {
				h.Text = "（正文与" + shown[same] + "相同，仅称呼不同。）"
			} else {
				shown[same] = h.Code
			}
			room -= min(room, len([]rune(h.Text)))
		}
		out = append(out, h)
	}
	return out, more
}

// body is a letter without its salutation and code: letters to many are alike.
func body(text, code string) string {
	_, rest, _ := strings.Cut(text, "\n")
	return strings.ReplaceAll(rest, code, "")
}

// showsScores: the letter shows an expert his own scores.
func showsScores(l outbox.Letter) bool {
	return l.Template == "score-echo" || l.Template == "score-reminder" || l.Template == "other-address"
}

// withoutMaterials leaves out of a request what the applicants wrote: staff know
// it, and with every expert's request it would fill the letter.
func withoutMaterials(l outbox.Letter, text string) string {
	asked, _, found := strings.Cut(text, "\n■ ")
	if l.Template != "score-request" || !found {
		return text
	}
	return asked + "\n（以下为各案例的申报内容，略）"
}

func cutShown(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n]) + textCutMark
	}
	return text
}

func holdWords(hold string) string {
	words := map[string]string{outbox.HoldApprove: "待放行", outbox.HoldUnknown: "是否已送达不明，请核实后放行或不发", outbox.HoldExpired: "48小时内未能发出",
		outbox.HoldStale: "暂停发信期间积压", outbox.HoldRebuild: "重建台账后去向不明", outbox.HoldBytes: "存档内容损坏", intake.HeldSealed: "来信已封存，待核密级", intake.HeldMany: "大量旧信重新出现，等待放行全部"}
	return cmp.Or(words[hold], hold)
}
