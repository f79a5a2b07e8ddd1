package templates

import "fmt"

// RankingLetter brings staff the ranking after the review is closed, with the
// sheets that people sign.
type RankingLetter struct {
	Name          string             `json:"name"` // of the member of staff
	Ranking       RankingData        `json:"ranking"`
	Summary       SummaryData        `json:"summary"`
	Confirmations []ConfirmationData `json:"confirmations"` // one an expert
}

// RankingLetter shows the ranking in words; the workbooks hold what it was
// computed from.
func (f Frame) RankingLetter(d RankingLetter) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	r := d.Ranking
	text := fmt.Sprintf("%d个案例列入排名", len(r.Rows))
	if len(r.Unranked) > 0 {
		text += fmt.Sprintf("，%d个因有效评分不足未列入", len(r.Unranked))
	}
	s.put(lead, "您好！截至"+r.AsOf+"，", text, "。")
	s.put(ask, "请核对并组织签字。入选范围研究确定后，请直接回复“入选 个数或案例编号 依据 会议纪要文号”。")
	s.put(para, "附件：排名表（含每位专家的各项分数，可逐格复核）、评分汇总表（供签字）、每位专家的评分确认表（供本人签字）。")
	s.put(para, "规则："+r.Rule)
	s.put(small, "评审日志校验码："+r.Head)
	s.begin(plain)
	s.put(label, "排名")
	for _, c := range r.Rows {
		tie := ""
		if c.Tied {
			tie = "（并列）"
		}
		s.put(item, fmt.Sprintf("%d%s　", c.Rank, tie), c.Number, fmt.Sprintf("　%s　%s　《%s》　平均%s分", c.City, c.Unit, c.Case, hundredths(c.Average)))
	}
	if len(r.Unranked) > 0 {
		s.begin(plain)
		s.put(label, "未列入排名")
		for _, c := range r.Unranked {
			s.put(item, "· ", c.Number, fmt.Sprintf("　%s　%s　《%s》　%s", c.City, c.Unit, c.Case, c.Why))
		}
	}
	return f.close(f.subject("【排名】"+text, ""), s)
}

// rankingFiles are the workbooks of a ranking.
func rankingFiles(_ Frame, d RankingLetter) ([]Attachment, error) {
	book, err := RankingBook(d.Ranking)
	if err != nil {
		return nil, err
	}
	summary, err := ScoreSummary(d.Summary)
	if err != nil {
		return nil, err
	}
	out := []Attachment{{"排名表.xlsx", sheetType, book}, {"评分汇总表.xlsx", sheetType, summary}}
	for i, c := range d.Confirmations {
		data, err := ScoreConfirmation(c)
		if err != nil {
			return nil, err
		}
		out = append(out, Attachment{fmt.Sprintf("评分确认表-%02d-%s.xlsx", i+1, c.Expert), sheetType, data})
	}
	return out, nil
}

// hundredths writes hundredths of a point with two places: 85.33.
func hundredths(v int) string { return fmt.Sprintf("%d.%02d", v/100, v%100) }
