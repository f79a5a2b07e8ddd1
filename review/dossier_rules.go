package review

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
)

// rule adds the rules of the call that an entry set.
func (h *history) rule(e ledger.Entry, settings map[string]json.RawMessage) {
	var order intake.Order
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		if strings.HasPrefix(key, "orders.") {
			if err := json.Unmarshal(settings[key], &order); err != nil {
				h.b.Fail(fmt.Errorf("entry %d, %s: %w", e.Seq, key, err))
			}
		}
	}
	for _, r := range ruleKeys {
		raw, set := settings[r.key]
		if !set {
			continue
		}
		value, err := r.words(raw)
		if err != nil {
			h.b.Fail(fmt.Errorf("entry %d, %s: %w", e.Seq, r.key, err))
			continue
		}
		if value == "" {
			continue
		}
		x := h.event(e, r.name, value)
		if x.By == "" {
			x.Who = "配置文件（" + entryWords(e) + "）"
		}
		if order.Verb != "" {
			x.Why, x.Word = order.Basis, "依据"
		}
		h.rules = append(h.rules, x)
	}
}

// ruleKeys are the settings that decided over cases, in the order of the notice,
// with how they are read; "" says nothing.
var ruleKeys = []struct {
	key, name string
	words     func(json.RawMessage) (string, error)
}{
	{"call.document", "征集通知", plain},
	{"call.fields", "参评领域", names},
	{"call.deadline", "申报截止时间", moment},
	{"call.supplement_until", "补正截止时间", moment},
	{"call.quota", "各市推荐名额", number("每市不超过%d个")},
	{"call.quotas", "另定名额", quotas},
	{"call.logos", "材料：LOGO", number("不少于%d个")},
	{"call.photos", "材料：照片", number("不少于%d张")},
	{"call.promos", "材料：宣传图片", number("不少于%d张")},
	{"review.criteria", "评分指标和分值", criteria},
	{"review.drop", "最高分和最低分", dropped},
	{"review.minimum", "最少有效评分", number("少于%d份的不参加排名")},
	{"review.ties", "平均分相同时依次比较", names},
	{"review.per_case", "每个案例的专家", perCase},
	{"review.publicity_days", "公示期", number("%d个工作日")},
	{"review.objection_days", "异议办理期限", number("%d个工作日")},
}

func wording[T any](words func(T) string) func(json.RawMessage) (string, error) {
	return func(raw json.RawMessage) (string, error) {
		var v T
		if err := json.Unmarshal(raw, &v); err != nil {
			return "", err
		}
		return words(v), nil
	}
}

// number reads a count into words; none, or one that was taken away, says nothing.
func number(words string) func(json.RawMessage) (string, error) {
	return wording(func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf(words, n)
	})
}

var (
	plain  = wording(func(s string) string { return s })
	names  = wording(func(list []string) string { return strings.Join(list, "、") })
	moment = wording(func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(intake.Zone()).Format("2006年") + intake.DeadlineText(t)
	})
	quotas = wording(func(m map[string]int) string {
		var out []string
		for _, city := range slices.Sorted(maps.Keys(m)) {
			out = append(out, fmt.Sprintf("%s%d个", city, m[city]))
		}
		return strings.Join(out, "、")
	})
	criteria = wording(func(list []intake.Criterion) string {
		var out []string
		for _, c := range list {
			out = append(out, fmt.Sprintf("%s%d分", c.Name, c.Max))
		}
		return strings.Join(out, "、")
	})
	dropped = wording(func(on bool) string {
		if on {
			return fmt.Sprintf("有效评分不少于%d份的，去掉一个最高分和一个最低分", dropFrom)
		}
		return "不去掉"
	})
	perCase = wording(func(n int) string {
		if n == 0 {
			return "全体专家"
		}
		return fmt.Sprintf("每个案例%d位", n)
	})
)
