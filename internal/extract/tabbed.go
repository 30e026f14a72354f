package extract

import "strings"

// tabbedRows turns text whose table cells are parted by tabs, and broken inside by line
// ends, into one line per row with cells joined by " | ". A stretch of lines is one table
// with as many columns as its fullest line.
func tabbedRows(text string) string {
	lines := strings.Split(text, "\n")
	var out []string
	for i := 0; i < len(lines); {
		// A tab at the end leads to a blank on a form.
		if !strings.Contains(strings.Trim(lines[i], "\t "), "\t") {
			out = append(out, strings.Trim(lines[i], "\t"))
			i++
			continue
		}
		end := tabbedEnd(lines, i)
		out = append(out, joinTabbed(lines[i:end])...)
		i = end
	}
	return strings.Join(out, "\n")
}

// tabbedEnd finds the end of a table: three lines without a tab in a row are text again.
func tabbedEnd(lines []string, start int) int {
	end := start + 1
	for k := start + 1; k < len(lines) && k < end+3; k++ {
		if strings.Contains(lines[k], "\t") {
			end = k + 1
		}
	}
	return end
}

func joinTabbed(lines []string) []string {
	columns := 0
	for _, l := range lines {
		columns = max(columns, strings.Count(l, "\t"))
	}
	var out []string
	if layoutTable.MatchString(strings.Join(lines, "\n")) {
		for _, l := range lines {
			out = append(out, strings.Split(l, "\t")...)
		}
		return out
	}
	row, tabs := "", 0
	flush := func() {
		if row != "" {
			out = append(out, joinCellTexts(strings.Split(row, "\t")))
		}
		row, tabs = "", 0
	}
	for _, l := range lines {
		n := strings.Count(l, "\t")
		// A full row takes nothing more; an empty line or a row too many starts anew.
		if tabs == columns || tabs+n > columns || strings.TrimSpace(l) == "" {
			flush()
		}
		if row != "" {
			row += " "
		}
		row += l
		tabs += n
	}
	flush()
	return out
}
