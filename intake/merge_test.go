package intake

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// files writes what one mail brings: `role path sha pages`, a line a file.
func files(mail, text string) []File {
	var out []File
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		w := append(strings.Fields(line), "", "", "", "")
		f := File{Role: Role(w[0]), Path: w[1], SHA256: w[2], Mail: mail}
		fmt.Sscan(w[3], &f.Pages)
		if f.SHA256 == "" {
			f.SHA256 = mail + "/" + f.Path
		}
		f.Why = whyName
		if f.Role == RoleOther {
			f.Why = ""
		}
		out = append(out, f)
	}
	return out
}

// standing is a case's files as `role path standing`.
func standing(c *Case) string {
	var out []string
	for _, f := range c.Files {
		s := string(f.Role) + " " + f.Path
		if f.Standing != StandingActive {
			s += " " + string(f.Standing)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func tell(c *Case) {
	for i := range c.Files {
		c.Files[i].Told = c.Files[i].Standing == StandingActive
	}
}

func TestMerge(t *testing.T) {
	for _, c := range []struct {
		name, first, second string
		proof               bool
		changed, waits      bool
		want                string
	}{
		{"a single role is replaced", "license 执照.jpg", "license 营业执照.pdf", true, true, false,
			"license 执照.jpg replaced\nlicense 营业执照.pdf"},
		{"both pages of one mail stand", "license a.jpg", "license 执照正面.jpg\nlicense 执照背面.jpg", true, true, false,
			"license a.jpg replaced\nlicense 执照正面.jpg\nlicense 执照背面.jpg"},
		{"counted roles are added", "photo 照片1.jpg", "photo 照片2.jpg", false, true, false,
			"photo 照片1.jpg\nphoto 照片2.jpg"},
		{"a namesake is replaced", "photo 照片/1.jpg\nphoto 照片/2.jpg", "photo 补充/1.JPG", true, true, false,
			"photo 照片/1.jpg replaced\nphoto 照片/2.jpg\nphoto 补充/1.JPG"},
		{"a namesake of another role is not", "photo 1.jpg", "promo 1.jpg", true, true, false,
			"photo 1.jpg\npromo 1.jpg"},
		{"the same bytes under another name", "photo 照片1.jpg x", "photo 门头照.jpg x", true, false, false,
			"photo 照片1.jpg"},
		{"the same bytes and the same name", "form-pdf 申报表.pdf x 6", "form-pdf 申报表.pdf x 6", false, false, false,
			"form-pdf 申报表.pdf"},
		{"the same bytes whose name now tells", "other 1.jpg x", "license 营业执照.jpg x", true, true, false,
			"other 1.jpg replaced\nlicense 营业执照.jpg"},
		{"the same bytes whose name tells no more", "license 营业执照.jpg x", "other 1.jpg x", true, false, false,
			"license 营业执照.jpg"},
		{"a stamped page beside the scan", "form-pdf 申报表.pdf a 6", "form-pdf 盖章页.pdf b 1", true, true, false,
			"form-pdf 申报表.pdf\nform-pdf 盖章页.pdf"},
		{"a photographed page beside the scan", "form-pdf 申报表.pdf a 6", "form-pdf 申报表第6页.jpg", true, true, false,
			"form-pdf 申报表.pdf\nform-pdf 申报表第6页.jpg"},
		{"one page of a scan of many", "form-pdf 申报表.pdf a 6", "form-pdf 申报表补.pdf b 1", true, true, false,
			"form-pdf 申报表.pdf\nform-pdf 申报表补.pdf"},
		{"a whole scan that says it has the stamped page", "form-pdf 申报表.pdf a 6", "form-pdf 申报表（含盖章页）.pdf b 6", true, true, false,
			"form-pdf 申报表.pdf replaced\nform-pdf 申报表（含盖章页）.pdf"},
		{"a whole scan in place of pages", "form-pdf 申报表1.jpg\nform-pdf 申报表2.jpg", "form-pdf 申报表.pdf b 6", true, true, false,
			"form-pdf 申报表1.jpg replaced\nform-pdf 申报表2.jpg replaced\nform-pdf 申报表.pdf"},
		{"archives stand side by side", "container a.zip", "container a.zip y", true, true, false,
			"container a.zip\ncontainer a.zip"},
		{"nothing new", "other 说明.txt x", "other 说明.txt x", true, false, false, "other 说明.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := &Case{}
			k.merge(files("m1", c.first), false)
			changed, waits := k.merge(files("m2", c.second), c.proof)
			if got := standing(k); got != c.want || changed != c.changed || waits != c.waits {
				t.Errorf("changed %v waits %v\n%s\nwant %v %v\n%s", changed, waits, got, c.changed, c.waits, c.want)
			}
		})
	}
}

// Without proof nothing that a receipt has listed is replaced; what is added is.
func TestMergeWithoutProof(t *testing.T) {
	k := &Case{}
	k.merge(files("m1", "license 执照.jpg\nphoto 照片1.jpg"), false)
	tell(k)
	if _, waits := k.merge(files("m2", "license 新执照.jpg\nphoto 照片2.jpg\nphoto 照片1.jpg y"), false); !waits {
		t.Error("nothing waits")
	}
	want := "license 执照.jpg\nphoto 照片1.jpg\nlicense 新执照.jpg pending\nphoto 照片2.jpg\nphoto 照片1.jpg pending"
	if got := standing(k); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if changed, waits := k.merge(files("m3", "license 新执照.jpg m2/新执照.jpg"), false); changed || waits {
		t.Error("what waits already waits twice")
	}
	if changed, waits := k.merge(files("m4", "license 新执照.jpg m2/新执照.jpg"), true); !changed || waits {
		t.Error("what waits does not count when it comes with proof")
	}
	want = "license 执照.jpg replaced\nphoto 照片1.jpg\nphoto 照片2.jpg\nphoto 照片1.jpg pending\nlicense 新执照.jpg"
	if got := standing(k); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestAcceptAndRefuse(t *testing.T) {
	waiting := func() *Case {
		k := &Case{}
		k.merge(files("m1", "form-text 申报表.docx"), false)
		tell(k)
		k.merge(files("m2", "form-text 申报表2.docx"), false)
		k.merge(files("m3", "form-text 申报表3.docx"), false)
		return k
	}
	k := waiting()
	if n := k.accept(everyMail(k)); n != 2 {
		t.Errorf("%d accepted", n)
	}
	if got, want := standing(k), "form-text 申报表.docx replaced\nform-text 申报表2.docx replaced\nform-text 申报表3.docx"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	k = waiting()
	if n := k.refuse(everyMail(k)); n != 2 || k.accept(everyMail(k)) != 0 {
		t.Errorf("%d refused", n)
	}
	k.merge(files("m4", "form-text 申报表3.docx m3/申报表3.docx"), true)
	if got, want := standing(k), "form-text 申报表.docx replaced\nform-text 申报表2.docx refused\nform-text 申报表3.docx refused\nform-text 申报表3.docx"; got != want {
		t.Errorf("what was refused and then sent with proof: %s", got)
	}
}

func TestFillShort(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"photographs, then promotional pictures, then the LOGO", "other 1.jpg\nother 2.jpg\nother 3.jpg\nother 4.jpg\nother 5.jpg\nother 6.jpg\nother 7.jpg\nother 8.jpg",
			"photo 1.jpg\nphoto 2.jpg\nphoto 3.jpg\npromo 4.jpg\npromo 5.jpg\npromo 6.jpg\nlogo 7.jpg\nother 8.jpg"},
		{"only what is short", "photo 照片1.jpg\nphoto 照片2.jpg\npromo a.jpg\npromo b.jpg\npromo c.jpg\nlogo l.png\nother 1.jpg\nother 2.jpg",
			"photo 照片1.jpg\nphoto 照片2.jpg\npromo a.jpg\npromo b.jpg\npromo c.jpg\nlogo l.png\nphoto 1.jpg\nother 2.jpg"},
		{"the same picture twice counts once", "other 1.jpg x\nother 2.jpg x\nother 3.jpg", "photo 1.jpg\nother 2.jpg\nphoto 3.jpg"},
		{"no video and no table", "other 1.mp4\nother 2.xlsx", "other 1.mp4\nother 2.xlsx"},
	} {
		k := &Case{}
		k.merge(files("m1", c.in), false)
		k.fillShort(3, 3, 1, nil, nil)
		if got := standing(k); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// A second copy, by its look, of what counts takes no place: the other one does.
func TestFillShortSame(t *testing.T) {
	same := func(a, b File) bool { return a.SHA256[0] == b.SHA256[0] }
	k := &Case{}
	k.merge(files("m1", "photo 照片1.jpg a\nphoto 照片2.jpg b\nother 1.jpg a2\nother 2.jpg c\nother 3.jpg c2\nother 4.jpg d"), false)
	for range 2 {
		k.fillShort(3, 1, 0, same, nil)
		if got, want := standing(k), "photo 照片1.jpg\nphoto 照片2.jpg\nother 1.jpg\nphoto 2.jpg\nother 3.jpg\npromo 4.jpg"; got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
	}
}

// Where nameless pictures are enough for all, the one drawn as a sign is the LOGO; where
// they are not, it is told as one that may be it.
func TestFillShortSign(t *testing.T) {
	sign := func(f File) bool { return f.Path == "1.png" }
	for in, want := range map[string]string{
		"other 1.png\nother 2.jpg\nother 3.jpg\nother 4.jpg\nother 5.jpg\nother 6.jpg\nother 7.jpg": "logo 1.png\nphoto 2.jpg\nphoto 3.jpg\nphoto 4.jpg\npromo 5.jpg\npromo 6.jpg\npromo 7.jpg",
		"other 1.png\nother 2.jpg\nother 3.jpg\nother 4.jpg":                                        "photo 1.png\nphoto 2.jpg\nphoto 3.jpg\npromo 4.jpg",
		"logo LOGO.png\nother 1.png\nother 2.jpg":                                                   "logo LOGO.png\nphoto 1.png\nphoto 2.jpg",
	} {
		k := &Case{}
		k.merge(files("m1", in), false)
		for range 2 {
			k.fillShort(3, 3, 1, nil, sign)
			if got := standing(k); got != want {
				t.Errorf("%s\nwant\n%s", got, want)
			}
		}
	}
}

// A picture without a telling name that takes its namesake's place counts for what
// that counted for.
func TestFillShortNamesake(t *testing.T) {
	k := &Case{}
	k.merge(files("m1", "other 1.jpg\nother 2.jpg\nother 3.jpg\nother 4.jpg\nother 5.jpg\nother 6.jpg"), false)
	k.fillShort(3, 3, 0, nil, nil)
	k.merge(files("m2", "other 1.jpg"), true)
	k.fillShort(3, 3, 0, nil, nil)
	for _, f := range k.Active() {
		if f.Path == "1.jpg" && (f.Role != RolePhoto || f.Mail != "m2") || f.Path == "4.jpg" && f.Role != RolePromo {
			t.Errorf("%s of %s counts as %s", f.Path, f.Mail, f.Role)
		}
	}
}

// Named photographs take the place that unnamed pictures filled: those then
// count towards what is still short.
func TestFillShortAnew(t *testing.T) {
	k := &Case{}
	k.merge(files("m1", "other 1.jpg\nother 2.jpg\nother 3.jpg"), false)
	k.fillShort(3, 3, 1, nil, nil)
	tell(k)
	k.merge(files("m2", "photo 照片1.jpg\nphoto 照片2.jpg\nphoto 照片3.jpg\nother 1.jpg m1/1.jpg"), false)
	k.fillShort(3, 3, 1, nil, nil)
	want := "promo 1.jpg\npromo 2.jpg\npromo 3.jpg\nphoto 照片1.jpg\nphoto 照片2.jpg\nphoto 照片3.jpg"
	if got := standing(k); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A scanned PDF whose name tells nothing is the stamped form if it is the only
// one; never beside a real one or a second.
func TestFillShortScan(t *testing.T) {
	scan := func(path string) File { return File{Role: RoleOther, Why: whyScan, Path: path, SHA256: path} }
	text := File{Role: RoleFormText, Why: whyWords, Path: "a.docx", SHA256: "a"}
	for _, c := range []struct {
		in   []File
		want Role
	}{
		{[]File{text, scan("扫描全能王.pdf")}, RoleFormPDF},
		{[]File{text, scan("1.pdf"), scan("2.pdf")}, RoleOther},
		{[]File{scan("1.pdf"), text, {Role: RoleFormPDF, Why: whyName, Path: "申报表.pdf", SHA256: "p"}}, RoleOther},
		{[]File{scan("1.pdf")}, RoleOther},
	} {
		k := &Case{Files: c.in}
		k.fillShort(3, 3, 1, nil, nil)
		k.fillShort(3, 3, 1, nil, nil)
		for _, f := range k.Files {
			if strings.HasSuffix(f.Path, ".pdf") && f.SHA256 != "p" && f.Role != c.want {
				t.Errorf("%v: %s is %s", c.in, f.Path, f.Role)
			}
		}
	}
}

func TestRename(t *testing.T) {
	k := &Case{}
	k.merge(files("m1", "photo 照片/1.jpg\npromo 宣传/1.jpg\nother （1）图.jpg"), false)
	for _, c := range []struct {
		name string
		ok   bool
		want string
	}{
		{"照片/1.jpg", true, "logo 照片/1.jpg\npromo 宣传/1.jpg\nother （1）图.jpg"},
		{"(1)图", true, "logo 照片/1.jpg\npromo 宣传/1.jpg\nlogo （1）图.jpg"},
		{"2.jpg", false, "logo 照片/1.jpg\npromo 宣传/1.jpg\nlogo （1）图.jpg"},
		{"", false, "logo 照片/1.jpg\npromo 宣传/1.jpg\nlogo （1）图.jpg"},
	} {
		if ok := k.rename(c.name, RoleLogo); ok != c.ok || standing(k) != c.want {
			t.Errorf("%q: %v\n%s", c.name, ok, standing(k))
		}
	}
	k.fillShort(3, 3, 1, nil, nil)
	if k.Files[2].Role != RoleLogo {
		t.Error("the bureau's word does not last")
	}
}

// Whatever comes: nothing is lost, at most one mail's files of a single role
// count, nothing told is replaced without proof, and the same mail again is
// nothing.
func TestMergeInvariants(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 2))
	roles := []string{"license", "form-text", "logo", "photo", "promo", "other", "certificate", "container"}
	for range 2000 {
		k, mails := &Case{}, []map[string]bool{}
		for m := range 1 + rng.IntN(5) {
			var lines []string
			used := map[string]bool{} // one mail's bytes under two names stand twice
			for n := range 1 + rng.IntN(4) {
				role := roles[rng.IntN(len(roles))]
				bytes := role
				if role == "other" { // a name that tells nothing may stand for anything
					bytes = roles[rng.IntN(len(roles))]
				}
				if bytes += fmt.Sprint(rng.IntN(3)); n == 0 || !used[bytes] {
					lines = append(lines, fmt.Sprintf("%s f%d-%d.jpg %s", role, n, rng.IntN(3), bytes))
				}
				used[bytes] = true
			}
			in := files(fmt.Sprint("m", m), strings.Join(lines, "\n"))
			told, proof := toldActive(k), rng.IntN(2) == 0
			k.merge(in, proof)
			brought := map[string]bool{}
			for _, f := range in {
				brought[f.SHA256] = true
			}
			mails = append(mails, brought)
			if !proof && !containsAll(toldActive(k), told) {
				t.Fatalf("what was told was replaced without proof by %v:\n%s", in, standing(k))
			}
			if before := standing(k); true {
				if changed, _ := k.merge(in, proof); changed || standing(k) != before {
					t.Fatalf("the same mail again (%v) changed\n%s\nto\n%s", in, before, standing(k))
				}
			}
			if rng.IntN(2) == 0 {
				tell(k)
			}
		}
		checkMerged(t, k, mails)
	}
}

func toldActive(k *Case) map[string]bool {
	out := map[string]bool{}
	for _, f := range k.Files {
		if f.Told && f.Standing == StandingActive {
			out[f.SHA256+f.Path] = true
		}
	}
	return out
}

func containsAll(a, b map[string]bool) bool {
	for x := range b {
		if !a[x] {
			return false
		}
	}
	return true
}

// checkMerged: of a single role only files count that one mail brought together,
// and every file of every mail is kept.
func checkMerged(t *testing.T, k *Case, mails []map[string]bool) {
	t.Helper()
	active, there := map[Role]map[string]bool{}, map[string]bool{}
	for _, f := range k.Files {
		there[f.SHA256] = true
		if f.Standing == StandingActive && f.Role.single() {
			if active[f.Role] == nil {
				active[f.Role] = map[string]bool{}
			}
			active[f.Role][f.SHA256] = true
		}
	}
	for role, shas := range active {
		together := false
		for _, brought := range mails {
			together = together || containsAll(brought, shas)
		}
		if !together {
			t.Errorf("%s of two mails counts:\n%s", role, standing(k))
		}
	}
	for _, brought := range mails {
		if !containsAll(there, brought) {
			t.Errorf("lost some of %v:\n%s", brought, standing(k))
		}
	}
}

// everyMail are all mails that brought files to the case.
func everyMail(c *Case) map[string]bool {
	out := map[string]bool{}
	for _, f := range c.Files {
		out[f.Mail] = true
	}
	return out
}
