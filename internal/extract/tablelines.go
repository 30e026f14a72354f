package extract

import (
	"regexp"
	"strings"
)

// layoutTable matches the words of tables that only place text side by side: the head of
// an instrument with the nation's name, and its foot with the list of recipients.
var layoutTable = regexp.MustCompile(`(?i)CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Nơi nhận\s*:`)

// tableLines writes a table: one line per row, cells joined by " | ". A table that only
// places text side by side is read column by column instead.
func tableLines(rows [][]docxCell) []string {
	var out []string
	if isLayout(rows) {
		for column := 0; ; column++ {
			any := false
			for _, row := range rows {
				if column < len(row) {
					any = true
					out = append(out, row[column].paragraphs...)
				}
			}
			if !any {
				return out
			}
		}
	}
	for _, row := range rows {
		var parts []string
		for _, cell := range row {
			parts = append(parts, tidyLine(strings.Join(cell.paragraphs, " ")))
		}
		if text := joinCellTexts(parts); strings.Trim(text, "| ") != "" {
			out = append(out, text)
		}
	}
	return out
}

func isLayout(rows [][]docxCell) bool {
	if len(rows) > 6 {
		return false
	}
	for _, row := range rows {
		if len(row) > 3 {
			return false
		}
		for _, cell := range row {
			for _, p := range cell.paragraphs {
				if layoutTable.MatchString(p) {
					return true
				}
			}
		}
	}
	return false
}
