package intake

import (
	"fmt"
	"slices"

	"anli/parser/document"
	"anli/parser/seal"
)

// askToLook ends a finding that a machine recognised.
func (c Checked) askToLook(item string) string {
	return fmt.Sprintf("如系统识别有误，请回复“请核 %s %s”，由我处人工核对，无需重发。", c.number(), item)
}

// wantedSeal is one of the two that the form must bear.
type wantedSeal struct {
	name, code, place, item string
}

var wantedSeals = []wantedSeal{
	{SealApplicant, "seal-applicant-missing", "“参评单位（盖章）”处", "单位公章"},
	{SealBureau, "seal-bureau-missing", "“市商务局意见”栏", "市商务局公章"},
}

// lackingSeal was looked for where its label stands; at is zero where the places
// of labels are not known.
type lackingSeal struct {
	wantedSeal
	at formPage
}

// checkSeals: both seals on the form's pages, all files together. Missing is said
// only where nothing red is near the label, or nothing red is on any page, and
// every page shows its colours.
func checkSeals(c Checked) []Finding {
	e := c.evidence()
	if len(e.pages) == 0 || e.signed > 0 {
		return nil
	}
	var lacking []lackingSeal
	for _, w := range wantedSeals {
		places, at := e.places(w.name)
		if !slices.ContainsFunc(places, stretch.red) {
			lacking = append(lacking, lackingSeal{w, at})
		}
	}
	free := e.free()
	if len(free) == 0 { // only pages with printed labels: what has none is not judged
		lacking = slices.DeleteFunc(lacking, func(l lackingSeal) bool { return l.at.Number == 0 })
	}
	seals := 0
	for _, p := range free {
		seals += len(p.Seals)
	}
	if len(lacking) == 0 || seals >= len(lacking) {
		return nil
	}
	which, place, boxed := besideBox(free)
	if seals == 1 && boxed && place.likeFaded() {
		return nil // as beside a label: red is near
	}
	if seals == 1 && boxed {
		free = besidesOf(free)
	}
	if doubt, known := c.doubtedSeals(e, free, lacking); known {
		return doubt
	}
	if seals == 1 { // of two
		if !boxed {
			return c.unverifiable("仅识别到1枚印章（应有参评单位、市商务局各1枚）", withSeals(free))
		}
		lacking = []lackingSeal{{which, free[slices.IndexFunc(free, func(p formPage) bool { return len(p.Seals) > 0 })]}}
	}
	var out []Finding
	for _, l := range lacking {
		out = append(out, c.missingSeal(l, e))
	}
	return out
}

func (c Checked) missingSeal(l lackingSeal, e evidence) Finding {
	message := "扫描件各页均未见公章，" + l.place + "应盖章"
	if l.at.Number > 0 {
		message = fmt.Sprintf("扫描件第%d页%s未见公章", l.at.Number, l.place)
	}
	f := finding(l.code, "error", "image", "restamp", message, "请盖章后重新扫描报送。"+c.askToLook(l.item))
	f.File, f.Page = l.at.file, l.at.Number
	if l.at.Number == 0 {
		f.File = e.pages[0].file
	}
	return f
}

// doubtedSeals: some page on which the lacking seals may be cannot be judged.
func (c Checked) doubtedSeals(e evidence, free []formPage, lacking []lackingSeal) ([]Finding, bool) {
	var pages []formPage
	pages = append(pages, free...)
	for _, l := range lacking {
		places, _ := e.places(l.name)
		for _, s := range places {
			pages = append(pages, s.page)
		}
	}
	for _, p := range pages {
		if p.Doubt != "" {
			return c.unverifiable(doubtText(p), ofDoubt(pages, p.Doubt, p.file)), true
		}
	}
	for _, p := range free {
		if slices.ContainsFunc(p.Red, likeSeal) {
			return c.unverifiable("有红色印迹，未能识别是否为公章", []formPage{p}), true
		}
	}
	if !e.whole {
		return nil, true
	}
	for _, f := range c.Case.Active() { // a scan whose name told nothing: it may be another paper
		if f.Role == RoleFormPDF && f.Why == whyShort {
			return c.unverifiable("未能识别印章", e.pages[len(e.pages)-1:]), true
		}
	}
	return nil, false
}

func doubtText(p formPage) string {
	switch p.Doubt {
	case seal.DoubtGrey:
		return "为黑白扫描，未能识别印章"
	case seal.DoubtDark:
		return "扫描过暗，未能识别印章"
	case seal.DoubtPale:
		return "扫描过淡，未能识别印章"
	case seal.DoubtCut:
		return "页边的印章不完整，未能识别"
	case seal.DoubtCopied:
		return "印章不是红色，疑似复印件，未能识别"
	}
	return "未能读取图像，未能识别印章"
}

func ofDoubt(pages []formPage, doubt, file string) []formPage {
	var out []formPage
	for _, p := range pages {
		if p.Doubt == doubt && p.file == file {
			out = append(out, p)
		}
	}
	return out
}

func withSeals(pages []formPage) []formPage {
	var out []formPage
	for _, p := range pages {
		if len(p.Seals) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// unverifiable: the machine cannot tell; it says what it saw and where.
func (c Checked) unverifiable(what string, pages []formPage) []Finding {
	var numbers []int
	for _, p := range pages {
		if p.Number > 0 {
			numbers = append(numbers, p.Number)
		}
	}
	where := pagesText(numbers)
	if where == "" {
		where = "扫描件"
	}
	f := finding("seal-unverifiable", "warning", "image", "", where+what, "由我处人工核对。")
	f.File = pages[0].file
	if len(numbers) == 1 {
		f.Page = numbers[0]
	}
	return []Finding{f}
}

// besideBox tells which seal lacks where one was found on a scan without text:
// the table's last box is the bureau's, the one above it the unit's. known is
// false where the seal stands in neither, or the boxes are not clear.
func besideBox(free []formPage) (lacking wantedSeal, place stretch, known bool) {
	for _, p := range free {
		if len(p.Seals) != 1 || len(p.Boxes) != 2 {
			continue
		}
		y := p.Seals[0].Y
		switch unit, bureau := p.Boxes[0], p.Boxes[1]; {
		case y > bureau.Y+nearRule && y < bureau.Y+bureau.H:
			return wantedSeals[0], stretch{p, max(unit.Y, bureau.Y-aboveLabel), bureau.Y}, true
		case y > unit.Y && y < bureau.Y-nearRule:
			return wantedSeals[1], stretch{p, bureau.Y, bureau.Y + bureau.H}, true
		}
	}
	return wantedSeal{}, stretch{}, false
}

// besidesOf leaves out the other pages of the file whose one page has both boxes: the
// other seal is not there, whatever these pages show.
func besidesOf(free []formPage) []formPage {
	at := free[slices.IndexFunc(free, func(p formPage) bool { return len(p.Seals) > 0 })]
	return slices.DeleteFunc(slices.Clone(free), func(p formPage) bool { return p.file == at.file && p.Number != at.Number })
}

// checkOpinion: nothing is written in the bureau's box of the stamped form. An
// empty box of the Word copy is normal.
func checkOpinion(c Checked) []Finding {
	e := c.evidence()
	var empty *formPage
	for i, p := range e.pages {
		switch _, here := p.label(SealBureau); {
		case p.Ink != nil && *p.Ink || p.Number == 0:
			return nil
		case p.Ink == nil && p.Scan && here:
			return nil // words are known, writing is not
		case p.Ink != nil && (here || p.Scan && len(p.Labels) == 0):
			empty = &e.pages[i]
		}
	}
	if empty == nil || !e.whole || c.opinionRead() {
		return nil
	}
	if _, here := empty.label(SealBureau); here && len(e.free()) > 0 {
		return nil // a stamped page of its own may have it
	}
	f := finding("opinion-missing", "error", "image", "restamp", "“市商务局意见”栏未见意见",
		"请填写（如“经审核，同意推荐”）并盖章、注明日期。"+c.askToLook("市商务局意见"))
	f.File, f.Page = empty.file, empty.Number
	return []Finding{f}
}

// opinionRead: words of an opinion were read in a PDF of the form.
func (c Checked) opinionRead() bool {
	for _, f := range c.Case.Active() {
		r := c.Reading(f.SHA256)
		if f.Role == RoleFormPDF && r.Paper != nil && r.Paper.Form != nil && !blank(r.Paper.Form.Opinion) {
			return true
		}
	}
	return false
}

// checkPages: clearly fewer pages than the text copy, or the last page lacks.
func checkPages(c Checked) []Finding {
	pages, most := 0, 0
	var scan File
	lastLacks := false
	for _, f := range c.Case.Active() {
		r := c.Reading(f.SHA256)
		switch f.Role {
		case RoleFormText:
			most = max(most, r.Pages)
		case RoleFormPDF:
			if r.Failure != "" || f.Damaged != "" || r.Kind == "" {
				return nil
			}
			n := r.Pages
			if part := r.formPart(); part != nil {
				n = len(part) + len(r.unreadPages())
			}
			if pages += max(n, 1); r.Kind == document.PDF && n > scan.Pages {
				scan = f
				scan.Pages = n
				lastLacks = r.Paper != nil && r.Paper.Form != nil && slices.Contains(r.Paper.Missing, opinionBox) && len(r.Scans) == 0
			}
		}
	}
	few := most >= 3 && pages < most-1 && 3*pages < 2*most
	if scan.Pages == 0 || !few && (!lastLacks || pages > scan.Pages) {
		return nil
	}
	f := finding("pdf-incomplete", "warning", "image", "file", fmt.Sprintf("扫描件“%s”共%d页，疑似不完整", scan.Path, scan.Pages), "请核对。"+c.askToLook("扫描件"))
	f.File = scan.Path
	return []Finding{f}
}
