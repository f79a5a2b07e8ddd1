package templates

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Errors of Render.
var (
	ErrUnknown = errors.New("templates: unknown letter") // name or version that this program cannot set
	ErrData    = errors.New("templates: bad letter data")
)

// Name is the name under which a letter's data is recorded: Name(Receipt{}) is
// "receipt"; "" for a value that is no letter.
func Name(data any) string {
	switch data.(type) {
	case Receipt:
		return "receipt"
	case Reconciliation:
		return "reconciliation"
	case CompanyMaterial:
		return "company-material"
	case CompanyKept:
		return "company-kept"
	case UnknownSender:
		return "unknown-sender"
	case ConfirmMaterial:
		return "confirm-material"
	case QuestionPassed:
		return "question-passed"
	case Secrecy:
		return "secrecy"
	case Progress:
		return "progress"
	case BureauAnswer:
		return "bureau-answer"
	case Transcript:
		return "transcript"
	case Takeover:
		return "takeover"
	case StaffLetter:
		return "staff-letter"
	case ScoreRequest:
		return "score-request"
	case Invitation:
		return "invitation"
	case ScoreEcho:
		return "score-echo"
	case ScoreReminder:
		return "score-reminder"
	case OtherAddress:
		return "other-address"
	case SecondConfirm:
		return "second-confirm"
	case Dossier:
		return "dossier"
	case RankingLetter:
		return "ranking"
	case Ruling:
		return "ruling"
	case Extension:
		return "extension"
	case LookUp:
		return "look-up"
	case QuotaNotice:
		return "quota-notice"
	case SupplementNotice:
		return "supplement-notice"
	case Reminder:
		return "reminder"
	case NothingReceived:
		return "nothing-received"
	case Objection:
		return "objection-received"
	case Award:
		return "award"
	case ObjectionSettled:
		return "objection-settled"
	case Publicity:
		return "publicity"
	case AwardPack:
		return "award-pack"
	}
	return ""
}

// Version is the version of the words that this program writes for the name; 0
// for an unknown name. Any change of a letter's words is a new version, because
// a recorded letter is compared with its hash.
func Version(name string) int {
	return setters()[name].version
}

// Render sets a recorded letter anew from its name, version and data, with the
// files it brings along. The same input gives the same bytes. Errors: ErrUnknown,
// ErrData.
func Render(name string, version int, data json.RawMessage, f Frame) (Letter, error) {
	l, err := Words(name, version, data, f)
	if files := setters()[name].files; err == nil && files != nil {
		if l.Files, err = files(data, f); err != nil {
			return Letter{}, fmt.Errorf("%w: %s: %v", ErrData, name, err)
		}
	}
	return l, err
}

// Words is Render without the files, which cost far more.
func Words(name string, version int, data json.RawMessage, f Frame) (Letter, error) {
	s, known := setters()[name]
	if !known || version != s.version {
		return Letter{}, fmt.Errorf("%w: %s, version %d", ErrUnknown, name, version)
	}
	l, err := s.set(data, f)
	if err != nil {
		return Letter{}, fmt.Errorf("%w: %s: %v", ErrData, name, err)
	}
	return l, nil
}

// setter is how one letter is set, the version of its words, and how the files
// are made that it brings along.
type setter struct {
	version int
	set     func(json.RawMessage, Frame) (Letter, error)
	files   func(json.RawMessage, Frame) ([]Attachment, error)
}

func setters() map[string]setter {
	return map[string]setter{
		"receipt":          words(3, Frame.Receipt),
		"reconciliation":   words(1, Frame.Reconciliation),
		"company-material": words(1, Frame.CompanyMaterial),
		"company-kept":     words(2, Frame.CompanyKept),
		"unknown-sender":   words(1, Frame.UnknownSender),
		"confirm-material": words(2, Frame.ConfirmMaterial),
		"question-passed":  words(1, Frame.QuestionPassed),
		"secrecy":          words(1, Frame.Secrecy),
		"progress":         words(2, Frame.Progress),
		"bureau-answer":    words(2, Frame.BureauAnswer),
		"transcript":       words(2, Frame.Transcript),
		"takeover":         words(1, Frame.Takeover),
		"staff-letter":     filed(4, Frame.StaffLetter, staffFiles),
		"score-request":    filed(1, Frame.ScoreRequest, requestFiles),
		"invitation":       words(1, Frame.Invitation),
		"score-echo":       words(2, Frame.ScoreEcho),
		"score-reminder":   words(1, Frame.ScoreReminder),
		"other-address":    words(1, Frame.OtherAddress),
		"second-confirm":   words(1, Frame.SecondConfirm),
		"dossier":          words(1, Frame.Dossier),
		"ranking":          filed(2, Frame.RankingLetter, rankingFiles),

		"ruling":             words(1, Frame.Ruling),
		"extension":          words(1, Frame.Extension),
		"look-up":            filed(2, Frame.LookUp, lookUpFiles),
		"quota-notice":       words(1, Frame.QuotaNotice),
		"supplement-notice":  words(2, Frame.SupplementNotice),
		"reminder":           words(2, Frame.Reminder),
		"nothing-received":   words(1, Frame.NothingReceived),
		"objection-received": words(1, Frame.Objection),
		"objection-settled":  words(1, Frame.ObjectionSettled),
		"award":              words(1, Frame.Award),
		"publicity":          filed(1, Frame.Publicity, publicityFiles),
		"award-pack":         filed(2, Frame.AwardPack, awardPackFiles),
	}
}

func words[T any](version int, write func(Frame, T) Letter) setter {
	return setter{version: version, set: func(data json.RawMessage, f Frame) (Letter, error) {
		var d T
		if err := json.Unmarshal(data, &d); err != nil {
			return Letter{}, err
		}
		return write(f, d), nil
	}}
}

// filed is for a letter that brings files along.
func filed[T any](version int, write func(Frame, T) Letter, files func(Frame, T) ([]Attachment, error)) setter {
	s := words(version, write)
	s.files = func(data json.RawMessage, f Frame) ([]Attachment, error) {
		var d T
		if err := json.Unmarshal(data, &d); err != nil {
			return nil, err
		}
		return files(f, d)
	}
	return s
}
