package intake

import "fmt"

// What a file is, by its name or its content, as far as people tell kinds apart:
// a .wps that is a .docx inside is what WPS writes, a .doc that is an RTF opens in
// Word as any other.
const (
	ofWords   = "words"
	ofPDF     = "pdf"
	ofOFD     = "ofd"
	ofTable   = "table"
	ofPicture = "picture"
)

// kindByName is "" for what is neither read nor looked at.
func kindByName(p string) string {
	switch e := ext(p); {
	case wordExt[e] || e == ".txt" || e == ".htm" || e == ".html":
		return ofWords
	case e == ".pdf":
		return ofPDF
	case e == ".ofd":
		return ofOFD
	case e == ".xls" || e == ".xlsx" || e == ".et" || e == ".csv" || e == ".tsv" || e == ".tab":
		return ofTable
	case pictureExt[e]:
		return ofPicture
	}
	return ""
}

// kindRead is what was read, with its name in a letter; "" where nothing was.
func kindRead(r Reading) (kind, title string) {
	switch r.Kind {
	case "docx", "doc":
		return ofWords, "Word文档"
	case "rtf", "odt":
		return ofWords, "文档"
	case "html":
		return ofWords, "网页"
	case "txt":
		return ofWords, "文本"
	case "pdf":
		return ofPDF, "PDF文件"
	case "ofd":
		return ofOFD, "OFD文件"
	case "xlsx", "xls", "csv":
		return ofTable, "电子表格"
	case "image":
		if r.Picture != nil {
			return ofPicture, pictureTitle(r.Picture.Format)
		}
	}
	return "", ""
}

func pictureTitle(format string) string {
	name := map[string]string{"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF", "webp": "WebP", "heif": "HEIC", "avif": "AVIF",
		"jp2": "JPEG 2000", "jxl": "JPEG XL", "psd": "PSD", "ico": "ICO", "svg": "SVG"}[format]
	return name + "图片"
}

// formatByName is the format that a picture's ending promises.
func formatByName(p string) string {
	switch e := ext(p); e {
	case ".jpg", ".jpeg", ".jpe", ".jfif":
		return "jpeg"
	case ".tif", ".tiff":
		return "tiff"
	case ".heic", ".heif":
		return "heif"
	default:
		return e[min(1, len(e)):]
	}
}

// checkKinds: the content is another than the name says, yet readable. A picture
// of another format shows everywhere, so it is only recorded.
func checkKinds(c Checked) []Finding {
	var out []Finding
	seen := map[string]bool{}
	for _, f := range c.Case.Active() {
		r := c.Reading(f.SHA256)
		said := kindByName(f.Path)
		is, title := kindRead(r)
		severity := "warning"
		switch {
		case seen[f.Path] || f.Role == RoleContainer || said == "" || is == "" || r.Failure != "" || f.Damaged != "":
			continue
		case ext(f.Path) == ".docx" && r.Kind == "doc": // Word goes by the ending, and refuses it
			title = "旧版Word文档（.doc）"
		case said == is && (is != ofPicture || r.Picture.Format == "" || r.Picture.Format == formatByName(f.Path)):
			continue
		case said == is:
			severity = "info"
		}
		seen[f.Path] = true
		x := finding("file-type-mismatch", severity, "bytes", "", fmt.Sprintf("“%s”实际为%s", f.Path, title), "")
		x.File = f.Path
		out = append(out, x)
	}
	return out
}

// checkUnread: kept, and nobody here read it.
func checkUnread(c Checked) []Finding {
	var out []Finding
	for _, f := range c.Case.Active() {
		if c.Reading(f.SHA256).Kind != "" || f.Role == RoleContainer || f.Bytes == 0 || isPicture(f.Path) || f.Damaged != "" {
			continue
		}
		x := finding("file-unsupported", "info", "bytes", "", fmt.Sprintf("“%s”已保存", f.Path), "")
		x.File = f.Path
		out = append(out, x)
	}
	return out
}
