package bot

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/command"
	"anli/review"
)

// The staff's commands of the judging. What cannot be taken back asks for 确认
// first and shows what would follow.

func hashShort(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// weighty tells what a command that asks for 确认 would bring about; why says in
// Chinese that it cannot be done, "" if it can. basis fixes what was shown.
func (a *arrived) weighty(l command.Line) (effects []string, basis, why string) {
	switch l.Verb {
	case "启动评审":
		p := a.bench.Propose()
		if len(p.Problems) > 0 {
			return nil, "", strings.Join(p.Problems, "；") + "。"
		}
		return append(p.Lines(), "确认后"+a.expertLetters()), p.Basis(), ""
	case "结束评审":
		if a.bench.Panel.Phase != review.PhaseOpen {
			return nil, "", "评审没有在进行。"
		}
		return a.bench.CloseLines(), "", ""
	case "专家名单":
		return a.rosterEffects()
	case "失信名单":
		return a.dishonestEffects()
	case "市局邮箱表":
		return a.addressEffects()
	case "节假日":
		return a.dayEffects()
	case "公示":
		effects, basis, why = a.bench.Publicity()
		return effects, basis, sentenced(why)
	case "认定":
		effects, basis, why = a.bench.Awarding()
		return effects, basis, sentenced(why)
	}
	if !a.sitting.Settings.Mailbox.Live {
		return nil, "", observing
	}
	return a.effects(l), "", ""
}

// sentenced ends a reason as a sentence; "" stays.
func sentenced(why string) string {
	if why == "" {
		return ""
	}
	return strings.TrimRight(why, "。") + "。"
}

func (a *arrived) expertLetters() string {
	what := "向专家发出评审材料"
	if a.sitting.Settings.Review.Invite {
		what = "向专家发出邀请，专家同意后发出评审材料"
	}
	if a.sitting.Settings.Letters[intake.ClassExpert] == "approve" {
		return what + "（逐封待贵处放行）"
	}
	return what
}

// carryJudging does one command of the judging; done is false for other verbs.
func (a *arrived) carryJudging(letter outbox.Letter, l command.Line) (ok bool, text string, done bool) {
	b, mark := a.bench, a.record.SHA256
	switch l.Verb {
	case "催评":
		ok, text = b.Urge(l.Args, mark[:12])
	case "换专家":
		ok, text = b.Replace(l.Args[0], l.Args[1])
	case "作废":
		codes, unknown := a.numbers(l.Codes)
		if len(unknown) > 0 {
			return false, "没有编号为" + strings.Join(unknown, "、") + "的案例。", true
		}
		ok, text = b.Void(l.Args[0], codes, l.Rest, mark)
	case "认可":
		codes, unknown := a.numbers(l.Codes)
		if len(unknown) > 0 {
			return false, "没有编号为" + strings.Join(unknown, "、") + "的案例。", true
		}
		ok, text = b.Accept(l.Args[0], codes)
	case "代录":
		ok, text = a.enter(l)
	case "排名":
		ok, text = a.ranking()
	default:
		return false, "", false
	}
	return ok, text, true
}

// numbers gives the whole numbers of cases, which staff may write by their last
// four digits.
func (a *arrived) numbers(codes []string) (numbers, unknown []string) {
	for _, code := range codes {
		full := code
		if len(code) == 4 {
			for _, c := range a.sitting.Cases("") {
				if strings.HasSuffix(c.Number, "-"+code) {
					full = c.Number
				}
			}
		}
		if a.sitting.Case(full) == nil {
			unknown = append(unknown, code)
			continue
		}
		numbers = append(numbers, full)
	}
	return numbers, unknown
}

// rosterEffects reads the list that came with a mail and shows the difference.
func (a *arrived) rosterEffects() (effects []string, basis, why string) {
	experts, problems, hints := a.roster(a.pieces)
	if len(experts) == 0 {
		return nil, "", "请将专家名单（.xlsx或.csv，表头含姓名、邮箱）作为附件。" + strings.Join(problems, "；")
	}
	if len(problems) > 0 {
		return nil, "", "名单有误，未采用：" + strings.Join(problems, "；")
	}
	effects = append(review.Diff(review.Experts(a.sitting.Settings), experts), a.bench.RosterNotes(experts)...)
	return append(effects, hints...), rosterBasis(a.sitting.Settings), ""
}

// rosterBasis fixes the list that a new one was compared with.
func rosterBasis(s intake.Settings) string {
	raw, err := json.Marshal(s.People.Experts)
	if err != nil {
		return ""
	}
	return hashShort(string(raw))
}

// roster reads the first list among a mail's files.
func (a *arrived) roster(pieces []intake.Piece) (experts []review.Expert, problems, hints []string) {
	for _, p := range pieces {
		for _, table := range a.sitting.Reading(p.SHA256).Tables {
			found, wrong := review.ReadRoster(table, a.sitting.Settings.Call.Fields)
			if len(found)+len(wrong) == 0 {
				continue
			}
			for _, w := range wrong {
				if w.Hint {
					hints = append(hints, w.String())
				} else {
					problems = append(problems, w.String())
				}
			}
			for _, e := range found {
				if who := a.correspondent(e); who != "" {
					problems = append(problems, e.Name+"的邮箱已登记为"+who)
				}
			}
			return found, problems, hints
		}
	}
	return nil, nil, nil
}

// correspondent: an expert's address must not be a bureau's or staff's: it tells
// who writes.
func (a *arrived) correspondent(e review.Expert) string {
	s := a.sitting.Settings
	for _, addr := range e.Addresses {
		if bureau := s.BureauOf(addr); bureau != "" {
			return bureau + "邮箱"
		}
		if s.StaffName(addr) != "" {
			return "工作人员邮箱"
		}
	}
	return ""
}

const changedMeanwhile = "情况在贵处确认前有变化，未执行，请重新发出指令查看。"

// confirmed carries out what was confirmed.
func (a *arrived) confirmed(w intake.Waiting) (bool, string) {
	if w.Second {
		a.onlyOnce(w)
	}
	switch w.Verb {
	case "启动评审":
		p := a.bench.Propose()
		if len(p.Problems) > 0 || p.Basis() != w.Basis {
			return false, "情况在贵处确认前有变化，未启动，请重新回复“启动评审”查看。"
		}
		a.bench.Start(p)
		return true, "评审已启动，" + a.expertLetters() + "。"
	case "结束评审":
		if why := a.bench.Close(); why != "" {
			return false, why + "。"
		}
		return true, "评审已结束，此后到达的评分不再记录。可回复“排名”。"
	case "专家名单":
		m, _ := a.sitting.Mail(w.Mail)
		experts, problems, _ := a.roster(m.Files)
		if len(experts) == 0 || len(problems) > 0 {
			return false, "名单未能再次读取，请重新发来。"
		}
		if w.Basis != rosterBasis(a.sitting.Settings) {
			return false, "专家名单在贵处确认前有变化，未更新，请重新发来名单查看。"
		}
		a.sitting.SetValue("people.experts", experts)
		a.bench.Readdress(experts)
		return true, "专家名单已更新，共" + strconv.Itoa(len(experts)) + "位。"
	case "代录":
		return a.entered(w)
	case "市局邮箱表", "节假日", "失信名单":
		m, _ := a.sitting.Mail(w.Mail)
		switch w.Verb {
		case "节假日":
			return a.takeDays(m)
		case "失信名单":
			return a.takeDishonest(m)
		}
		return a.takeAddresses(m)
	case "公示":
		if _, basis, _ := a.bench.Publicity(); basis != w.Basis {
			return false, changedMeanwhile
		}
		why := a.bench.Publicise(a.record.From, a.record.SHA256)
		return why == "", cmp.Or(sentenced(why), "已确定公示名单，公示文稿和名单另信发送。")
	case "认定":
		if _, basis, _ := a.bench.Awarding(); basis != w.Basis {
			return false, changedMeanwhile
		}
		if why := a.bench.Award(a.record.From, a.record.SHA256); why != "" {
			return false, sentenced(why)
		}
		return true, "已认定，各市结果通知已拟好，宣传资料另信发送。"
	}
	return a.goLive()
}

// enter asks another member of staff to confirm a paper sheet.
func (a *arrived) enter(l command.Line) (bool, string) {
	numbers, unknown := a.numbers(l.Codes)
	if len(unknown) > 0 {
		return false, "没有编号为" + strings.Join(unknown, "、") + "的案例。"
	}
	entry, why := a.bench.ReadEntry(l.Args[0], numbers[0], l.Args[1:])
	if why != "" {
		return false, why
	}
	effects := []string{"确认后，" + l.Args[0] + "对" + numbers[0] + "的评分按此记录"}
	if a.bench.Scoring(entry.Member.Expert, numbers[0]) != nil {
		effects = append(effects, "该案例此前已有其来信，评分以此替换")
	}
	var files []string
	for _, p := range intake.Usable(a.pieces) {
		files = append(files, p.Path)
	}
	if len(files) == 0 {
		return false, "请附上专家签字的评分表（扫描件或照片）后重发。"
	}
	ok, text := a.askSecond(l.Text, intake.Waiting{Line: l.Text, Verb: l.Verb, Basis: a.record.From}, files, effects)
	if !ok {
		return false, "代录" + text
	}
	return true, "待另一位工作人员确认后记录。"
}

// ranking sends the ranking with its sheets.
func (a *arrived) ranking() (bool, string) {
	if a.bench.Panel.Phase != review.PhaseClosed {
		return false, "评审尚未结束，评分未解封。请先“结束评审”。"
	}
	key := "ranking/" + a.record.SHA256 + "/" + a.record.From
	a.sitting.Put(intake.Post{Key: key, To: a.record.From, Class: intake.ClassStaff, Template: "ranking", Answers: a.record,
		Data: a.bench.RankingLetter(a.sitting.Settings.StaffName(a.record.From))})
	return true, "排名及评分表另信发送。"
}
