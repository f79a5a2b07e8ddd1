package sample

import (
	"errors"
	"fmt"
	"time"
)

// ErrNoLetter says that a person has no letter to answer: an earlier letter of
// the bot did not come.
var ErrNoLetter = errors.New("sample: the letter to answer has not come")

// Scene is one mail of the demo.
type Scene struct {
	At      time.Time // when it is sent, by the demo's clock; also its Date, save the late one's
	From    string    // envelope sender (SMTP MAIL FROM)
	Reads   string    // whose letters Write is given; "" is From
	Title   string    // in English, a few words
	TitleZh string    // the same in Chinese
	Expect  string    // what is to be understood, one phrase in Chinese

	// Write makes the raw mail from the letters got so far. Nil bytes without an
	// error mean that there is nothing to write: the scene is skipped.
	Write func(got Inbox) ([]byte, error)
}

// at is a time of October 2024 in China; 31 days.
func at(day, hour, minute int) time.Time {
	return time.Date(2024, time.October, day, hour, minute, 0, 0, china())
}

// Start is when the bot of the demo starts for the first time: between what
// [Before] tells and the first scene of [Script].
func Start() time.Time { return at(14, 9, 0) }

// End is after the last scene and the answer to it.
func End() time.Time { return on(time.November, 15, 9, 0) }

// on is a time of 2024 in China.
func on(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2024, month, day, hour, minute, 0, 0, china())
}

// Script is the correspondence of the demo, in order; times are strictly increasing
// and lie between [Start] and [End]. It draws and packs all packages at once: call
// it one time.
func Script() []Scene {
	var out []Scene
	for _, act := range [][]Scene{goingLive(), firstDay(), secondDay(), later(), judging(), awarding()} {
		out = append(out, act...)
	}
	return out
}

// plainScene is a scene that answers nothing.
func plainScene(t time.Time, title, titleZh, expect string, m Mail) Scene {
	if m.At.IsZero() {
		m.At = t
	}
	return Scene{At: t, From: m.From, Title: title, TitleZh: titleZh, Expect: expect,
		Write: func(Inbox) ([]byte, error) { return m.Bytes(), nil }}
}

// reply is a scene that answers the newest letter with the given words.
func reply(t time.Time, title, titleZh, expect string, m Mail, text func(Letter) string, words ...string) Scene {
	return Scene{At: t, From: m.From, Title: title, TitleZh: titleZh, Expect: expect,
		Write: func(got Inbox) ([]byte, error) {
			l := got.Newest(words...)
			if l == nil {
				return nil, fmt.Errorf("%w: %s, with %q", ErrNoLetter, m.From, words)
			}
			m := m
			m.At, m.Answers = t, l
			m.Text = text(*l)
			return m.Bytes(), nil
		}}
}

// always is a reply's text that does not depend on the letter.
func always(text string) func(Letter) string { return func(Letter) string { return text } }

// bureauMail is a mail by a city's bureau with its usual client.
func bureauMail(city string) Mail {
	b := BureauOf(city)
	return Mail{Client: b.Program, From: b.Address, FromName: b.Name()}
}

// signed closes a bureau's letter.
func signed(city, text string) string {
	b := BureauOf(city)
	return text + "\n\n" + b.Name() + "　" + b.Officer + "\n电话：" + b.area + "-8300" + fmt.Sprintf("%04d", pick(city, "line", 1, 9999))
}

// announce is the usual text around a package.
func announce(p Package) string {
	return signed(p.City, fmt.Sprintf("省商务厅电商处：\n您好！现报送我市%s的“%s”案例材料，详见附件，请查收。", p.Unit, p.Case))
}

// officer is a mail of the staff.
func officer() Mail { return Mail{Client: NetEase, From: Officer, FromName: "张伟"} }
