package intake

import (
	"slices"
	"strings"

	"anli/intake/outbox"
)

// An officer may serve several cities with one address. Then what a mail answers or
// brings says for which it is; where nothing does, the mail is kept and he is asked.

const (
	codeCity   = "city-unknown"
	noCityTold = "未能判断所属地市"
)

// CityFor tells for which of its writer's cities a mail is: what he answers to our
// question. Else the letters he answers and the thread, case numbers, the subject, the
// first of these that names one city; the material, by the names of folders, files and
// units and by credit codes; last the text, for a signature names a city, too. Where
// words and material contradict each other, or the material is of several cities, nobody
// guesses: several are the cities that it names.
func (s *Sitting) CityFor(m *Mail, pieces []Piece, answered []outbox.Letter, thread []string) (city string, several []string) {
	cities := s.Settings.CitiesOf(m.From)
	if len(cities) < 2 {
		return first(cities), nil
	}
	if told := s.ToldCity(m, answered); told != "" {
		return told, nil
	}
	for _, named := range [][]string{addOnce(s.citiesOfLetters(answered), s.citiesOf(thread)...), s.citiesOf(s.Numbers(m.Subject + "\n" + m.Fresh)), citiesIn(m.Subject, cities)} {
		if named = common(named, cities); len(named) == 1 {
			city = named[0]
			break
		}
	}
	material, all := s.citiesOfMaterial(pieces, cities)
	switch {
	case len(material) > 1:
		return "", material
	case len(material) == 1 && (city == material[0] || city == "" && all):
		return material[0], nil
	case len(material) == 1:
		return "", nil
	case city != "":
		return city, nil
	case len(s.AwaitCity(answered)) > 0:
		return "", nil // what answers our question but names none is no answer
	}
	return cityIn(m.Fresh, cities), nil
}

// citiesOfMaterial are the cities that the material names. all tells that each of its
// packages names one, or that there is only one package.
func (s *Sitting) citiesOfMaterial(pieces []Piece, cities []string) (named []string, all bool) {
	named, all = s.citiesNamed(pieces, cities), true
	packages := Group(pieces, s.Reading, nil).Packages
	for _, pk := range packages {
		var own []Piece
		for _, p := range pieces {
			if slices.ContainsFunc(pk.Files, func(f File) bool { return f.SHA256 == p.SHA256 }) {
				own = append(own, p)
			}
		}
		all = all && (len(packages) == 1 || len(s.citiesNamed(own, cities)) > 0)
	}
	return named, all
}

// citiesNamed are those in names of folders, files and units, and of the divisions that
// registered the units.
func (s *Sitting) citiesNamed(pieces []Piece, cities []string) []string {
	return addOnce(citiesIn(piecesText(pieces)+"\n"+s.unitsOf(pieces), cities), common(s.registeredIn(pieces), cities)...)
}

// AskCity keeps a mail that does not tell for which city it is. The receipt of its burst
// asks, and staff may say it, too. A mail that brings nothing is asked for its material
// alone, and what only links to files is told at once.
func (s *Sitting) AskCity(in Incoming, several []string) {
	b := s.burstFor(in)
	if len(in.Pieces)+len(in.Cloud)+len(in.Lines) == 0 {
		b.Problems = addFinding(b.Problems, s.nothingCame())
		s.answerWhenDue(in, b, false)
		return
	}
	b.Asked = b.Asked || in.Asks
	in.Mail.Unhandled, in.Mail.Reason = true, noCityTold
	b.Problems = addFinding(b.Problems, CityFinding(s.Settings.CitiesOf(in.Mail.From), several, len(in.Pieces) > 0))
	b.takeLinks(in.Cloud)
	s.tellLinks(b)
	s.AddRow(Row{ID: "unsure/" + in.Mail.SHA256, Kind: "unsure", Mail: in.Mail.SHA256, Replies: []string{Registering(""), "无关"},
		Text: s.Settings.CityNames(in.Mail.From) + "共用邮箱" + in.Mail.From + "来信《" + in.Mail.Subject + "》" + noCityTold + "，原信已保存，正在询问来信人。"})
	s.answerWhenDue(in, b, false)
}

// Registering is the reply by which staff take a mail in; they name the city where the
// mail does not tell.
func Registering(city string) string {
	if city == "" {
		return "登记 地市"
	}
	return "登记"
}

// CityFinding is city-unknown: cities are those that the address serves, several those
// whose material is mixed, files tells that there is material.
func CityFinding(cities, several []string, files bool) Finding {
	if len(several) > 1 {
		return finding(codeCity, "warning", "name", "file", "来信中同时有"+strings.Join(several, betweenCities)+"的材料，尚未登记", "请按地市分开重新发送，每封邮件只含一个地市的材料。")
	}
	fix := "请直接回复地市名称（" + strings.Join(cities, "或") + "）"
	if files {
		fix += "，材料已保存，无需重发"
	}
	return finding(codeCity, "warning", "name", "reply", noCityTold, fix+"。")
}

// AwaitCity gives the mails that the answered letters asked about and that still wait
// for a city, as they came.
func (s *Sitting) AwaitCity(answered []outbox.Letter) []Mail {
	var out []Mail
	for _, l := range answered {
		id, ok := strings.CutPrefix(l.Key, "receipt/")
		if !ok {
			continue
		}
		id, _, _ = strings.Cut(id, "/")
		b, _, err := s.t.Bursts.Get(s.tx, id)
		s.must(err)
		for _, sha := range b.Mails {
			if m, ok := s.Mail(sha); ok && m.Unhandled && m.Reason == noCityTold {
				out = append(out, m)
			}
		}
	}
	return out
}

// ToldCity reads the answer to our question, which stands in its first line; "" if it
// is none. What else is written, a signature too, says nothing.
func (s *Sitting) ToldCity(m *Mail, answered []outbox.Letter) string {
	const longest = 20 // characters: a sentence that names a city is no answer
	line, _, _ := strings.Cut(strings.TrimSpace(m.Fresh), "\n")
	if len([]rune(line)) > longest || strings.ContainsAny(line, "?？吗") || len(s.AwaitCity(answered)) == 0 {
		return ""
	}
	return cityIn(line, s.Settings.CitiesOf(m.From))
}

func (s *Sitting) citiesOfLetters(answered []outbox.Letter) (cities []string) {
	for _, l := range answered {
		cities = addOnce(cities, s.citiesOf(l.Cases)...)
		if len(l.Cases) == 0 {
			cities = addOnce(cities, s.cityOfLetter(l))
		}
	}
	return cities
}

// cityOfLetter is the city that a letter is about, by its own words; "" if they name none.
func (s *Sitting) cityOfLetter(l outbox.Letter) string {
	var about struct{ City string }
	s.must(Body(l, &about))
	return about.City
}

func (s *Sitting) citiesOf(numbers []string) (cities []string) {
	for _, number := range numbers {
		if c := s.Case(number); c != nil {
			cities = addOnce(cities, c.City)
		}
	}
	return cities
}

// unitsOf are the names of the units in the forms and licences, a line each.
func (s *Sitting) unitsOf(pieces []Piece) string {
	var units []string
	for _, p := range pieces {
		paper := s.Reading(p.SHA256).Paper
		if paper == nil {
			continue
		}
		if paper.Form != nil {
			units = append(units, paper.Form.Unit)
		}
		units = append(units, paper.Licensee)
	}
	return strings.Join(units, "\n")
}

// registeredIn are the cities of the credit codes (GB 32100-2015: places 3 to 8 are the
// division that registered the unit).
func (s *Sitting) registeredIn(pieces []Piece) (cities []string) {
	names := divisions()
	for _, p := range pieces {
		if paper := s.Reading(p.SHA256).Paper; paper != nil && wrongCredit(paper.CreditCode) == "" {
			cities = addOnce(cities, names[paper.CreditCode[2:6]])
		}
	}
	return cities
}

func piecesText(pieces []Piece) string {
	var paths []string
	for _, p := range pieces {
		paths = append(paths, p.Path)
	}
	return strings.Join(paths, "\n")
}

// common are those of a list that another has, too.
func common(list, other []string) []string { return without(list, without(list, other)) }
