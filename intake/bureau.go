package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/parser/command"
)

// What a bureau says of its cases as a whole: 主要领域, 替换, 不申报.

// CityState is what a bureau said of its city.
type CityState struct {
	City     string    `json:"city"`
	Declined time.Time `json:"declined,omitzero"` // since when it recommends none (不申报); zero: it did not say so, or sent a package since
	Mail     string    `json:"mail,omitempty"`    // SHA-256 of the mail that said so
}

// mainField records under which of its fields a case is judged; the others stay.
func (s *Sitting) mainField(in Incoming, b *Burst, l command.Line) (bool, string) {
	c, why := s.target(in, b, l)
	if c = s.survivor(c); c == nil {
		return false, why
	}
	field := s.knownFields(l.Args[0])
	switch {
	case c.Stage == StageWithdrawn:
		return false, c.settledAlready()
	case c.Frozen():
		return false, c.Number + "已进入评审，领域不再更改；如有疑问请来电联系。"
	case field == "":
		return false, "领域名称应为：" + strings.Join(s.Settings.Call.Fields, "、") + "。"
	case strings.Contains(field, "、"):
		return false, "主要领域只能有一项，请从“" + strings.Join(c.Categories, "、") + "”中选定。"
	case len(c.Categories) == 0:
		return false, c.Number + "未识别到参评领域的勾选，请回复“更正 " + c.Number + " 领域 " + field + "”。"
	case !slices.Contains(c.Categories, field):
		return false, fmt.Sprintf("%s勾选的领域是“%s”，主要领域须为其中一项；如需更改领域，请回复“更正 %s 领域 %s”。", c.Number, strings.Join(c.Categories, "、"), c.Number, field)
	}
	c.Main = field
	s.changed(in, b, c)
	if len(c.Categories) == 1 {
		return true, fmt.Sprintf("已登记，%s的参评领域为“%s”。", c.Number, field)
	}
	return true, fmt.Sprintf("已登记，%s以“%s”为主要领域，其余保留。", c.Number, field)
}

// exchange withdraws one case and takes another in its place; it needs proof as
// 撤回 does.
func (s *Sitting) exchange(in Incoming, b *Burst, l command.Line) (bool, string) {
	out, why := s.own(in, l.Codes[0])
	if why != "" {
		return false, why
	}
	to, why := s.own(in, l.Codes[1])
	if why != "" {
		return false, why + "新的案例请先报送材料，登记后再替换。"
	}
	open := func(c *Case) bool { return c.Stage == StageIncomplete || c.Stage == StageComplete }
	switch {
	case !in.Proof:
		return false, "为防误操作，请直接回复我处发出的任一回执并写明“替换 " + out.Number + " 为 " + to.Number + "”。"
	case out.Stage == StageWithdrawn && to.Stage != StageWithdrawn:
		return false, out.Number + cmp.Or(out.whereTo(), "已撤回") + "，" + to.Number + "已在贵市推荐案例之列，无需重复办理。"
	case out.Stage == StageWithdrawn:
		return false, out.Number + cmp.Or(out.whereTo(), "已撤回") + "，未执行；如需恢复" + to.Number + "，请回复“恢复 " + to.Number + "”。"
	case !open(out):
		return false, out.Number + "现为“" + out.StateWords() + "”，不能替换，请来电联系。"
	case to.ruledOut() != "":
		return false, to.Number + to.ruledOut() + "，不能列入，如有出入请来电联系。"
	}
	out.Stage = StageWithdrawn
	if to.Stage == StageWithdrawn {
		to.Stage = StageIncomplete
	}
	s.changed(in, b, out)
	s.changed(in, b, to)
	said := out.Number + "已撤回，材料仍妥善保存；" + to.Number + "列入贵市推荐案例。"
	if live, quota := s.liveCases(in.City), s.Settings.Call.QuotaOf(in.City); live > quota {
		said += fmt.Sprintf("贵市现有案例%d个，仍超过名额%d个，请继续明确。", live, quota)
	}
	return true, said
}

// own is a case of the writer's city.
func (s *Sitting) own(in Incoming, number string) (*Case, string) {
	c := s.Case(number)
	if c == nil || c.City != in.City {
		return nil, "贵市没有编号为" + number + "的案例，请核对编号。"
	}
	return c, ""
}

// ruledOut says why staff's word keeps a case from being taken in; "" if none does.
func (c *Case) ruledOut() string {
	if i := c.standing(""); i >= 0 && c.Stage == StageWithdrawn && (c.Decisions[i].Verb == "撤回" || c.Decisions[i].Verb == "合并") {
		return cmp.Or(c.whereTo(), "已由我处撤回")
	}
	if c.Stage == StageIneligible {
		return "现为“" + c.StateWords() + "”"
	}
	return ""
}

// decline records that a city recommends no case (不申报).
func (s *Sitting) decline(in Incoming) (bool, string) {
	var numbers []string
	for _, c := range s.Cases(in.City) {
		if c.Stage != StageWithdrawn {
			numbers = append(numbers, c.Number)
		}
	}
	if len(numbers) > 0 {
		return false, fmt.Sprintf("贵市已报送案例%d个（%s）；如不再推荐，请回复“撤回 编号”。", len(numbers), strings.Join(numbers, "、"))
	}
	until := ""
	if s.Settings.Call.Deadline.After(s.Now) {
		until = "在" + DeadlineText(s.Settings.Call.Deadline) + "前"
	}
	st := s.City(in.City)
	if st.Declined.IsZero() {
		st.Declined, st.Mail = s.Now, in.Mail.SHA256
		s.setCity(st)
	}
	return true, in.City + "本次不推荐案例，不再催报。如有变化，请" + until + "直接发来材料，无需另行说明。"
}

// City is what a bureau said of its city.
func (s *Sitting) City(city string) CityState {
	if st, ok := s.cities[city]; ok {
		return st
	}
	st, _, err := s.t.Cities.Get(s.tx, city)
	s.must(err)
	st.City = city
	return st
}

func (s *Sitting) setCity(st CityState) { s.cities[st.City] = st }

// Declined: the bureau said that it recommends none, and has sent none since.
func (s *Sitting) Declined(city string) bool { return !s.City(city).Declined.IsZero() }

// recommends takes 不申报 back: a package of the city is registered.
func (s *Sitting) recommends(city string) {
	if st := s.City(city); !st.Declined.IsZero() {
		s.setCity(CityState{City: city})
	}
}
