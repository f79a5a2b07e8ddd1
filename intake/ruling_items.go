package intake

import (
	"regexp"
	"slices"
	"strings"
)

// itemWords are what staff call what a finding is about, beside the roles of files
// and the fields of the form.
var itemWords = map[string]string{
	"申报表": "form-missing form-pdf-missing form-text-missing form-unreadable form-wrong", "扫描件": "form-pdf-missing pdf-incomplete",
	"公章": "seal-applicant-missing seal-bureau-missing seal-unverifiable", "印章": "seal-applicant-missing seal-bureau-missing seal-unverifiable", "盖章": "seal-applicant-missing seal-bureau-missing seal-unverifiable",
	"单位公章": "seal-applicant-missing", "市局公章": "seal-bureau-missing", "市商务局公章": "seal-bureau-missing", "市商务局意见": "opinion-missing", "意见": "opinion-missing",
	"承诺": "commitment-missing commitment-undated", "日期": "commitment-undated date-order",
	"信用代码": "credit-code-invalid", "统一社会信用代码": "credit-code-invalid", "注册地": "outside-guangdong city-mismatch", "独立法人": "branch-office", "失信": "listed-dishonest",
	"字数": "intro-too-long summary-length", "简介": "intro-missing intro-too-long", "单位简介": "intro-missing intro-too-long", "案例概述": "summary-length",
	"项目简介": "background-missing", "技术性与创新性": "innovation-missing", "创新性": "innovation-missing", "效益性": "benefit-missing", "示范性": "demonstration-missing",
	"数据": "data-2023-missing", "年度数据": "data-2023-missing", "年度业务数据": "data-2023-missing", "文件夹": "folder-name", "文件夹名": "folder-name",
	"压缩包": "archive-broken archive-volume-missing archive-unsafe", "密码": "file-encrypted", "清晰度": "image-low-resolution", "像素": "image-low-resolution",
	"重复图片": "image-duplicate", "重复报送": "duplicate-submission", "个人信息": "personal-data",
}

// leadingYear: 2023年度数据.
var leadingYear = regexp.MustCompile(`^20\d\d`)

// codesFor gives the codes of the findings that a word of staff's is about; none if
// the word is not known.
func codesFor(item string) []string {
	word := leadingYear.ReplaceAllString(plainName(item), "")
	if slices.Contains(strings.Fields(codes), strings.ToLower(item)) {
		return []string{strings.ToLower(item)}
	}
	if known := itemWords[word]; known != "" {
		return strings.Fields(known)
	}
	if role, ok := RoleByWord(item); ok {
		return strings.Fields(map[Role]string{RoleFormPDF: "form-pdf-missing pdf-incomplete", RoleFormText: "form-text-missing form-unreadable", RoleLicense: "license-missing",
			RoleLogo: "logo-missing", RolePhoto: "photos-short", RolePromo: "promos-short"}[role])
	}
	if key, ok := FieldByLabel(item); ok {
		if key == "categories" || key == "other" {
			return []string{"category-missing", "category-several", "category-other-unexplained"}
		}
		key = strings.ReplaceAll(key, "_", "-")
		return []string{key + "-missing", key + "-invalid"}
	}
	return nil
}

// waive gives the findings that an item names another state: waived by 免, pending
// by 线下. Several items stand joined by 、; if one of them names nothing, nothing is
// changed.
func (c *Case) waive(r Ruling, state string, was *Was) (said, why string) {
	found := map[int]bool{}
	for _, item := range strings.Split(r.Item, "、") {
		some := false
		for _, i := range c.about(item) {
			if f := c.Findings[i]; f.State == "open" || f.State == statePending && (state == "waived" || c.promised(f.Key()) >= 0 && !c.offline(f.Key())) {
				found[i], some = true, true
			}
		}
		if !some {
			return "", "没有与“" + item + "”对应的未解决事项" + c.openWords() + "，未执行"
		}
	}
	was.States = map[string]string{}
	var names []string
	for i := range c.Findings {
		f := &c.Findings[i]
		if !found[i] {
			continue
		}
		if f.Code == "late" || f.Code == "over-quota" {
			return "", map[string]string{"late": "逾期请用“受理”或“不受理”", "over-quota": "名额请用“名额”或“撤回”"}[f.Code] + "，未执行"
		}
		names = append(names, f.Message)
	}
	for i := range found {
		f := &c.Findings[i]
		was.States[f.Key()], f.State = f.State, state
	}
	verb := map[string]string{"waived": "已免", "pending": "已记为线下报送，待收到并导入后了结，或以“免”了结"}[state]
	return verb + "：" + strings.Join(names, "；") + because(r.Reason), ""
}

// about gives the places of the findings that an item names: by its codes, else
// those whose message has the word, if they are all of one kind.
func (c *Case) about(item string) []int {
	var out []int
	known := codesFor(item)
	kinds := map[string]bool{}
	for i, f := range c.Findings {
		switch {
		case slices.Contains(known, f.Code), known == nil && len([]rune(item)) > 1 && strings.Contains(f.Message, item):
			out = append(out, i)
			kinds[f.Code] = true
		}
	}
	if known == nil && len(kinds) > 1 {
		return nil
	}
	return out
}

// openWords lists what is not settled, for an officer whose word fits nothing.
func (c *Case) openWords() string {
	var out []string
	for _, f := range c.Findings {
		if f.Severity != "info" && f.State != "waived" {
			out = append(out, f.Message)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "（现有：" + strings.Join(out[:min(len(out), 8)], "；") + "）"
}
