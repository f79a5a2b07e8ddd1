package bot_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"anli/cmd/anli/demo/sample"
)

// backlog fills the mailbox before the bot's first start: backlog COUNT ANSWERED. The
// bureaus write in turn, forty minutes apart: a package each, what lacks, a question,
// statistics, thanks, some a second package. So many of the mails, five of every
// seven until it is enough, were answered by hand.
func (d *dialogue) backlog(args []string) error {
	if len(args) != 2 || d.begun {
		return fmt.Errorf("backlog COUNT ANSWERED, before the first start")
	}
	count, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	answered, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	bureaus, start, done := sample.Bureaus(), d.clock.Now(), 0
	for i := range count {
		b := bureaus[i%len(bureaus)]
		m := d.writer(b.City, nil)
		m.At = start.Add(time.Duration(i) * 40 * time.Minute)
		d.oldMail(&m, b.City, i%len(bureaus), i/len(bureaus))
		raw := m.Bytes()
		if err := d.office.Append(sample.Mailbox, "INBOX", raw, m.At); err != nil {
			return err
		}
		if done == answered || i%7 > 4 {
			continue
		}
		done++
		at := m.At.Add(25 * time.Minute)
		if err := d.office.Append(sample.Mailbox, "Sent", byHand(raw, b.Address, i, at), at); err != nil {
			return err
		}
	}
	d.lay("INBOX")
	d.lay("Sent")
	return nil
}

// oldMail is what bureau k writes in a round.
func (d *dialogue) oldMail(m *sample.Mail, city string, k, round int) {
	short := strings.TrimSuffix(city, "市")
	first := sample.Package{City: city, Unit: city + "某一电子商务有限公司", Case: short + "特色产品上行", Categories: []string{"数商兴农"}, Licence: sample.Photographed, Without: []string{"certificate", "form-pdf"}}
	if k%3 == 0 {
		first.Without = append(first.Without, "license")
	}
	switch round {
	case 0:
		m.Subject, m.Text, m.Files = city+"报送电子商务优秀案例", "材料见附件。", []sample.File{{Path: first.Folder() + ".zip", Data: sample.Zip(sample.Under(first.Folder(), first.Files()), sample.GBK)}}
	case 1:
		m.Subject, m.Text = "关于优秀案例申报的问题", "请问宣传图片有尺寸要求吗？"
		if k%3 == 0 {
			whole := first
			whole.Without = nil
			for _, f := range whole.Files() {
				if strings.Contains(f.Path, "营业执照") {
					m.Files = append(m.Files, f)
				}
			}
			m.Subject, m.Text = city+"优秀案例补充材料："+first.Unit, "营业执照见附件。"
		}
	case 2:
		m.Subject, m.Text, m.Files = "报送9月网络零售月报", "见附件。", []sample.File{{Path: "月报.xlsx", Data: sample.Statistics(city)}}
	case 3:
		m.Subject, m.Text = "回复：优秀案例征集", "收到，谢谢。"
	case 4:
		if k%2 == 0 {
			second := first
			second.Unit, second.Case, second.Categories, second.Without = city+"某二跨境贸易有限公司", short+"品牌出海", []string{"丝路电商"}, []string{"certificate", "form-pdf", "photo3"}
			m.Subject, m.Text, m.Files = city+"报送电子商务优秀案例（第二个）", "材料见附件。", []sample.File{{Path: second.Folder() + ".zip", Data: sample.Zip(sample.Under(second.Folder(), second.Files()), sample.GBK)}}
			return
		}
		m.Subject, m.Text = "会议回执", "参会人员：2人。"
	default:
		m.Subject, m.Text = fmt.Sprintf("网络零售周报（第%d期）", round), "本周情况正常。"
	}
}

// byHand is an answer as people write it in their webmail.
func byHand(raw []byte, to string, i int, at time.Time) []byte {
	return []byte(strings.Join([]string{"From: " + sample.Mailbox, "To: " + to, "Date: " + at.Format("Mon, 02 Jan 2006 15:04:05 -0700"),
		fmt.Sprintf("Message-ID: <by.hand.%d@gd.example>", i), "In-Reply-To: " + header(raw, "Message-Id"), "Subject: Re: received",
		"Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", "收到，会后电话沟通。", ""}, "\r\n"))
}

// rest compares all letters that left since, in one file: rest COUNT FILE.
func (d *dialogue) rest(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("rest COUNT FILE")
	}
	all := d.letters()
	if n := strconv.Itoa(len(all) - d.seen); n != args[0] {
		return fmt.Errorf("%s letters left", n)
	}
	var text []string
	for _, a := range all[d.seen:] {
		text = append(text, d.readable(a))
	}
	d.seen = len(all)
	return d.compare(args[1], strings.Join(text, "\n==========\n"))
}
