package templates

// Criterion is one measure of the judging, as the call states it.
type Criterion struct {
	Name string `json:"name"`
	Max  int    `json:"max"` // whole points
}

// RequestCase is one case as an expert gets it. The texts are the form's; what is
// no expert's business (names, phones, addresses of persons) is left out of them
// by whoever fills this in.
type RequestCase struct {
	Number string   `json:"number"`
	Unit   string   `json:"unit"`
	City   string   `json:"city"`
	Case   string   `json:"case"`
	Fields []string `json:"fields"` // 参评领域
	Intro  string   `json:"intro"`  // part one of the form, 参评单位简介: what 整体实力 is judged by

	// The four parts of the summary, 案例概述.
	Background    string `json:"background"`
	Innovation    string `json:"innovation"`
	Benefit       string `json:"benefit"`
	Demonstration string `json:"demonstration"`

	Files []string `json:"files"` // names of what was handed in, for the materials
}

// ScoreRequest asks one expert for the scores of the cases assigned to him. It
// brings the score sheet and the materials along.
type ScoreRequest struct {
	Expert   string        `json:"expert"`
	Title    string        `json:"title"`    // 广东省电子商务优秀案例
	Document string        `json:"document"` // 粤商务电函〔2024〕143号
	Criteria []Criterion   `json:"criteria"`
	Rule     string        `json:"rule"`     // how the ranking is computed, one sentence
	Hash     string        `json:"hash"`     // of criteria, maxima and rule: frozen by the first request
	Deadline string        `json:"deadline"` // 11月20日24时; "" none
	Stamp    string        `json:"stamp"`    // version of the score sheet, shown in it
	Batch    int           `json:"batch"`    // 1; more where cases came later
	Part     int           `json:"part"`     // which of Parts mails this is, where whole files go along; else 0
	Parts    int           `json:"parts"`    // 1 where one mail holds them
	Cases    []RequestCase `json:"cases"`    // all in the first part; in the others those whose files it brings
}
