package intake

import (
	"strings"
	"testing"

	"anli/parser/unpack"
)

// archived is a good package in x.zip without what the list names; the archive's
// reading tells of these problems.
func archived(t *testing.T, d *desk, lacks string, problems ...unpack.Problem) *Case {
	t.Helper()
	var lines []string
	for _, l := range strings.Split(strings.TrimSpace(goodPackage), "\n") {
		_, name, _ := strings.Cut(strings.TrimSpace(l), "/")
		keep := true
		for _, x := range strings.Fields(lacks) {
			keep = keep && !strings.HasPrefix(name, x)
		}
		if keep {
			lines = append(lines, "x.zip/"+name)
		}
	}
	k := d.caseOf(t, strings.Join(lines, "\n"))
	for i := range k.Files {
		f := &k.Files[i]
		f.Mail, f.At = "m1", zoned("2024-10-12 09:00:00")
		if f.Role == RoleContainer {
			d.read[f.SHA256] = Reading{Kind: "archive", Listing: &unpack.Listing{Problems: problems}}
		}
	}
	return k
}

// later merges what a later mail brings; its archives have these problems.
func later(d *desk, k *Case, text string, problems ...unpack.Problem) {
	pieces := d.pieces(text)
	for i := range pieces {
		pieces[i].SHA256 = d.own(pieces[i].SHA256)
	}
	got := Group(pieces, d.reading, nil)
	files := got.Loose
	for _, p := range got.Packages {
		files = append(files, p.Files...)
	}
	for i := range files {
		f := &files[i]
		f.Mail, f.At = "m2", zoned("2024-10-13 09:00:00")
		if f.Role == RoleContainer {
			d.read[f.SHA256] = Reading{Kind: "archive", Listing: &unpack.Listing{Problems: problems}}
		}
	}
	k.merge(files, true)
	k.fillShort(3, 3, 1, nil, nil)
}

func (d *desk) own(sha string) string {
	if r, ok := d.read[sha]; ok {
		d.read[sha+"@later"] = r
	}
	return sha + "@later"
}

// An archive that failed is told until what it was for has come.
func TestArchiveSentAnew(t *testing.T) {
	broken := unpack.Problem{Code: "archive-broken", Reason: "文件不完整或已损坏，仅取出2个文件"}
	inner := unpack.Problem{Code: "archive-broken", File: "照片.rar", Reason: "CAB格式"}
	locked := unpack.Problem{Code: "file-encrypted"}
	licence := unpack.Problem{Code: "file-empty", File: "营业执照.jpg"}
	photo := unpack.Problem{Code: "file-empty", File: "照片3.jpg"}
	for _, c := range []struct {
		name, lacks   string
		first         unpack.Problem
		second        string
		again         []unpack.Problem
		want, without string // errors, and those without the second mail
	}{
		{"the same name, sound", "照片", broken, "x.zip/照片1.jpg\nx.zip/照片2.jpg\nx.zip/照片3.jpg", nil, "", "archive-broken"},
		{"the same name, still short", "照片", broken, "x.zip/照片1.jpg\nx.zip/照片2.jpg", nil, "photos-short", "archive-broken"},
		{"broken again", "照片", broken, "x.zip/照片1.jpg", []unpack.Problem{broken}, "archive-broken", "archive-broken"},
		{"as another kind of archive", "照片", broken, "x.rar/照片1.jpg\nx.rar/照片2.jpg\nx.rar/照片3.jpg", nil, "", "archive-broken"},
		{"the files without an archive", "照片", broken, "照片1.jpg\n照片2.jpg\n照片3.jpg", nil, "", "archive-broken"},
		{"another archive with all that lacks", "照片 LOGO", broken, "y.zip/照片1.jpg\ny.zip/照片2.jpg\ny.zip/照片3.jpg\ny.zip/LOGO.png", nil, "", "archive-broken"},
		{"the archive inside it", "照片", inner, "照片.zip/照片1.jpg\n照片.zip/照片2.jpg\n照片.zip/照片3.jpg", nil, "", "archive-broken"},
		{"without its password", "", locked, "x.zip/证书.jpg", nil, "", "file-encrypted"},
		{"an empty file of it", "营业执照", licence, "营业执照.jpg", nil, "", "file-empty"},
		{"an empty licence, under another name", "营业执照", licence, "执照副本.jpg", nil, "", "file-empty"},
		{"an empty photograph, under another name", "照片3", photo, "照片4.jpg", nil, "", "file-empty"},
		// must not
		{"an empty photograph, and a promotional picture", "照片3", photo, "宣传图片4.jpg", nil, "file-empty", "file-empty"},
		{"an empty photograph, and one of two", "照片2 照片3", photo, "照片4.jpg", nil, "file-empty", "file-empty photos-short"},
		{"something else, and it still lacks", "照片", broken, "证书.jpg", nil, "archive-broken", "archive-broken"},
		{"another archive, and it still lacks", "照片", broken, "y.zip/照片1.jpg", nil, "archive-broken", "archive-broken"},
		{"a password, and another archive", "", locked, "y.zip/证书.jpg", nil, "file-encrypted", "file-encrypted"},
		{"an empty licence, and a photograph", "营业执照", licence, "照片4.jpg", nil, "file-empty", "file-empty"},
	} {
		d := newDesk()
		k := archived(t, d, c.lacks, c.first)
		if got := errorsOf(d.check(k, nil)); got != c.without {
			t.Errorf("%s: %s at first, want %s", c.name, got, c.without)
		}
		later(d, k, c.second, c.again...)
		if got := errorsOf(d.check(k, nil)); got != c.want {
			t.Errorf("%s: %s, want %s\n%s", c.name, got, c.want, standing(k))
		}
	}
}

// An empty file is told once, by its name: it is not missing as well.
func TestEmptyFiles(t *testing.T) {
	empty := func(name string) unpack.Problem { return unpack.Problem{Code: "file-empty", File: name} }
	for _, c := range []struct {
		name, lacks string
		problems    []unpack.Problem
		want        string
	}{
		{"a licence", "营业执照", []unpack.Problem{empty("营业执照.jpg")}, "file-empty"},
		{"a licence in its folder", "营业执照", []unpack.Problem{empty("[案例]-" + unitA + "+" + caseA + "/营业执照.jpg")}, "file-empty"},
		{"a LOGO", "LOGO", []unpack.Problem{empty("LOGO.png")}, "file-empty"},
		{"the Word copy", "申报表.docx", []unpack.Problem{empty("申报表.docx")}, "file-empty"},
		{"a photograph", "照片3", []unpack.Problem{empty("照片3.jpg")}, "file-empty"},
		{"two promotional pictures", "宣传图片2 宣传图片3", []unpack.Problem{empty("宣传图片2.jpg"), empty("宣传图片3.jpg")}, "file-empty file-empty"},
		// must not
		{"a note is no licence", "营业执照", []unpack.Problem{empty("说明.txt")}, "file-empty license-missing"},
		{"the Word copy is no scan", "申报表", []unpack.Problem{empty("申报表.docx")}, "file-empty form-pdf-missing"},
		{"one of two that lack", "照片2 照片3", []unpack.Problem{empty("照片3.jpg")}, "file-empty photos-short"},
		{"broken is not empty", "营业执照", []unpack.Problem{{Code: "archive-unsafe", File: "营业执照.jpg"}}, "archive-unsafe license-missing"},
	} {
		d := newDesk()
		if got := errorsOf(d.check(archived(t, d, c.lacks, c.problems...), nil)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	d := newDesk()
	for _, f := range d.check(archived(t, d, "照片2 照片3", empty("照片3.jpg")), nil) {
		if f.Code == "photos-short" && f.Message != "照片现有1张（另有空文件1个，须重发），还需1张" {
			t.Error(f.Message)
		}
	}
	// An attachment that is empty counts for nothing, and is asked for once.
	d = newDesk()
	k := d.caseOf(t, goodPackage)
	for _, f := range k.Files {
		if f.Path == "照片3.jpg" {
			d.read[f.SHA256] = Reading{Kind: "empty", Failure: "file-empty"}
		}
	}
	if n := (Checked{Case: k, Reading: d.reading}).countPictures(RolePhoto); n != 2 {
		t.Errorf("%d photographs", n)
	}
	if got := errorsOf(d.check(k, nil)); got != "file-empty" {
		t.Error(got)
	}
	if later(d, k, "照片4.jpg"); errorsOf(d.check(k, nil)) != "" {
		t.Error("it is asked for though another came")
	}
}

// So is an archive of no case, sent anew before it was answered.
func TestBurstSentAnew(t *testing.T) {
	for _, c := range []struct{ name, second, want string }{
		{"the same name", "x.zip", ""},
		{"as another kind of archive", "x.7z", ""},
		// must not
		{"another archive", "y.zip", "archive-broken"},
	} {
		k := newCourt(t)
		k.d.read["sha-x.zip"] = Reading{Kind: "archive", Listing: &unpack.Listing{Problems: []unpack.Problem{{Code: "archive-broken", Reason: "不是压缩包"}}}}
		k.mail("sw@foshan.example", "x.zip: archive", false)
		delete(k.d.read, "sha-x.zip")
		second := strings.ReplaceAll(goodPackage, "[案例]-"+unitA+"+"+caseA, c.second+"/[案例]-"+unitA+"+"+caseA)
		k.mail("sw@foshan.example", second, false)
		k.look(func(s *Sitting) {
			var got []Finding
			s.must(s.t.Bursts.Each(s.tx, "", func(_ string, b Burst) error {
				got = append(got, b.Problems...)
				return nil
			}))
			if errorsOf(got) != c.want {
				t.Errorf("%s: %s", c.name, errorsOf(got))
			}
		})
	}
}

// An archive that could not be opened gives way to one of its name that can; what was
// taken out of it stands.
func TestBrokenArchiveSetAside(t *testing.T) {
	broken := unpack.Problem{Code: "archive-broken", Reason: "文件不完整或已损坏，仅取出2个文件"}
	inner := unpack.Problem{Code: "archive-broken", File: "照片.rar", Reason: "CAB格式"}
	for _, c := range []struct {
		name   string
		first  []unpack.Problem
		second string
		again  []unpack.Problem
		told   bool
		proof  bool
		aside  bool
	}{
		{"the same name, sound", []unpack.Problem{broken}, "x.zip/照片1.jpg", nil, true, true, true},
		{"as another kind of archive", []unpack.Problem{broken}, "x.rar/照片1.jpg", nil, true, true, true},
		{"with a password, then without", []unpack.Problem{{Code: "file-encrypted"}}, "x.zip/照片1.jpg", nil, true, true, true},
		{"sound but for one inside", []unpack.Problem{broken}, "x.zip/照片1.jpg", []unpack.Problem{inner}, true, true, true},
		{"no receipt has listed it", []unpack.Problem{broken}, "x.zip/照片1.jpg", nil, false, false, true},
		// must not
		{"broken again", []unpack.Problem{broken}, "x.zip/照片1.jpg", []unpack.Problem{broken}, true, true, false},
		{"the first was sound", nil, "x.zip/照片1.jpg", nil, true, true, false},
		{"only one inside was broken", []unpack.Problem{inner}, "x.zip/照片1.jpg", nil, true, true, false},
		{"another name", []unpack.Problem{broken}, "y.zip/照片1.jpg", nil, true, true, false},
		{"listed, and no proof", []unpack.Problem{broken}, "x.zip/照片1.jpg", nil, true, false, false},
	} {
		d := newDesk()
		k := archived(t, d, "照片", c.first...)
		if c.told {
			tell(k)
		}
		inside := len(k.Active())
		later(d, k, c.second, c.again...)
		k.setBrokenAside(c.proof, d.reading)
		aside := false
		for _, f := range k.Files {
			aside = aside || f.Role == RoleContainer && f.Mail == "m1" && f.Standing == StandingReplaced && f.Change == changeRetired
		}
		if kept := len(k.Active()) >= inside; aside != c.aside || !kept {
			t.Errorf("%s: set aside %v\n%s", c.name, aside, standing(k))
		}
	}
}
