package parse

import (
	"strings"
)

// ministries gives the body behind the letters at the end of a number. Old bodies keep
// their name: they issued under it.
var ministries = map[string]string{
	"BCA": "Bộ Công an", "BCT": "Bộ Công Thương", "BGDĐT": "Bộ Giáo dục và Đào tạo", "BGTVT": "Bộ Giao thông vận tải",
	"BKHCN": "Bộ Khoa học và Công nghệ", "BKHĐT": "Bộ Kế hoạch và Đầu tư", "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
	"BNG": "Bộ Ngoại giao", "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "BNNMT": "Bộ Nông nghiệp và Môi trường", "BNV": "Bộ Nội vụ",
	"BQP": "Bộ Quốc phòng", "BTC": "Bộ Tài chính", "BTNMT": "Bộ Tài nguyên và Môi trường", "BTP": "Bộ Tư pháp", "BTTTT": "Bộ Thông tin và Truyền thông",
	"BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch", "BXD": "Bộ Xây dựng", "BYT": "Bộ Y tế", "BDTTG": "Bộ Dân tộc và Tôn giáo",
	"NHNN": "Ngân hàng Nhà nước Việt Nam", "TTCP": "Thanh tra Chính phủ", "UBDT": "Ủy ban Dân tộc", "VPCP": "Văn phòng Chính phủ",
	"TANDTC": "Tòa án nhân dân tối cao", "VKSNDTC": "Viện kiểm sát nhân dân tối cao", "KTNN": "Kiểm toán nhà nước",
	"HĐTP": "Hội đồng Thẩm phán Tòa án nhân dân tối cao", "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "CTN": "Chủ tịch nước",
}

// IssuerOf reads the issuing body from a number that tells it; "" where several bodies
// issued together or the letters are not known.
func IssuerOf(number string) string {
	switch {
	case strings.Contains(number, "UBTVQH"):
		return "Ủy ban Thường vụ Quốc hội"
	case strings.Contains(number, "TTLT") || strings.Contains(number, "NQLT"):
		return ""
	case strings.Contains(number, "/QH"), strings.Contains(number, "-QH"):
		return "Quốc hội"
	}
	return ministries[number[strings.LastIndexAny(number, "-/")+1:]]
}

// headIssuer reads the issuing body: from the number where it tells, else from the head
// or the enacting clause.
func headIssuer(number string, lines []string, at int, preamble []string) string {
	if body := IssuerOf(number); body != "" {
		return body
	}
	for i, l := range lines {
		if at >= 0 && i >= at {
			break
		}
		if isIssuerLine(l) {
			body := l
			if i+1 < len(lines) && isUpper(lines[i+1]) && !isNational(lines[i+1]) && strings.HasSuffix(body, "NHÂN DÂN") {
				body += " " + lines[i+1]
			}
			return issuerCase(body)
		}
	}
	for _, p := range preamble {
		if who, _, ok := strings.Cut(p, " ban hành "); ok && len(who) < 120 {
			return strings.TrimPrefix(strings.TrimPrefix(who, "Bộ trưởng "), "Thống đốc ")
		}
	}
	return ""
}

var issuerStarts = []string{"CHÍNH PHỦ", "QUỐC HỘI", "BỘ ", "ỦY BAN ", "UỶ BAN ", "HỘI ĐỒNG ", "THỦ TƯỚNG CHÍNH PHỦ", "NGÂN HÀNG NHÀ NƯỚC", "TÒA ÁN", "VIỆN KIỂM SÁT",
	"THANH TRA CHÍNH PHỦ", "CHỦ TỊCH NƯỚC", "KIỂM TOÁN", "BẢO HIỂM XÃ HỘI", "SỞ ", "TỔNG CỤC"}

func isIssuerLine(l string) bool {
	if !isUpper(l) || isNational(l) || strings.HasPrefix(l, "BỘ LUẬT") {
		return false
	}
	for _, s := range issuerStarts {
		if strings.HasPrefix(l, s) {
			return true
		}
	}
	return false
}

func isNational(l string) bool {
	return strings.HasPrefix(l, "CỘNG HÒA") || strings.HasPrefix(l, "CỘNG HOÀ") || strings.HasPrefix(l, "Độc lập")
}

// issuerCase writes a body's name in capitals the usual way: known names by the table,
// provinces word by word.
func issuerCase(caps string) string {
	want := unmark(caps)
	for _, name := range ministries {
		if unmark(name) == want {
			return name
		}
	}
	for _, start := range []string{"Ủy ban nhân dân", "Hội đồng nhân dân"} {
		rest, ok := strings.CutPrefix(want, unmark(start))
		if !ok {
			continue
		}
		words := strings.Fields(caps)[len(strings.Fields(start)):]
		if len(words) == 0 || rest == "" {
			return start
		}
		out := start
		for i, w := range words {
			low := strings.ToLower(w)
			if i == 0 && (low == "tỉnh" || low == "thành" || low == "huyện" || low == "quận" || low == "xã" || low == "phường" || low == "thị") || i == 1 && (low == "phố" || low == "xã") {
				out += " " + low
				continue
			}
			out += " " + upperFirst(low)
		}
		return out
	}
	return upperFirst(strings.ToLower(caps))
}
