package assistant

import (
	"slices"
	"strings"
)

// countries are folded names of countries and peoples as the Vietnamese say them.
var countries = map[string]bool{}

// beforeCountry are words in front of a country by which it becomes part of a person's
// case: "chồng Đài Loan", "sinh ở Nhật", "người Mỹ".
var beforeCountry = map[string]bool{}

// foreignWords say it without naming a country.
var foreignWords = []string{
	"nguoi nuoc ngoai", "yeu to nuoc ngoai", "quoc tich nuoc ngoai", "o nuoc ngoai", "ngoai quoc", "viet kieu", "nguoi tay", "ben nuoc ngoai", "tu nuoc ngoai", "chong tay", "vo tay", "chong ngoai", "the xanh", "hai quoc tich", "dinh cu",
}

func init() {
	for _, c := range []string{
		"my", "anh", "phap", "duc", "uc", "nga", "lao", "thai", "thai lan", "han", "han quoc", "nhat", "nhat ban", "trung", "trung quoc", "dai loan", "campuchia", "singapore", "malaysia", "indonesia", "philippines", "an do", "canada", "y", "ha lan",
		"tay ban nha", "thuy si", "thuy dien", "na uy", "dan mach", "ba lan", "sec", "new zealand", "hong kong", "ma cao", "myanmar", "bi", "bo dao nha", "brazil", "chau au", "chau phi", "chau my", "nigeria", "ai cap", "tho nhi ky", "israel", "hoa ky", "anh quoc", "mi",
	} {
		countries[c] = true
	}
	for _, w := range strings.Fields("nguoi chong vo bo me ba ma gai trai tich ben o tu sang qua lay cuoi tai nuoc con chau") {
		beforeCountry[w] = true
	}
}

// foreignCase reports whether a foreigner or a foreign country is part of the case.
func foreignCase(text string) bool {
	words := foldedWords(text)
	folded := " " + strings.Join(words, " ") + " "
	if _, hit := firstCue(folded, foreignWords); hit {
		return true
	}
	for i := 1; i < len(words); i++ {
		if !beforeCountry[words[i-1]] {
			continue
		}
		if i+1 < len(words) && countries[words[i]+" "+words[i+1]] {
			return true
		}
		if countries[words[i]] && marked(text, words[i]) {
			return true
		}
	}
	return false
}

// marked guards against words that are a country only in capitals: "anh", "y", "my", "bi",
// "trung", "han" are also names and common words. Longer names are safe in any case.
func marked(text, word string) bool {
	if len(word) > 4 && word != "trung" {
		return true
	}
	for _, w := range strings.Fields(text) {
		w = strings.Trim(w, "?!.,;:()")
		folded := foldedWords(w)
		if len(folded) == 1 && folded[0] == word && (w != strings.ToLower(w) || safeLower[word]) {
			return true
		}
	}
	return false
}

// safeLower are short names that mean the country also in small letters, after one of
// the words of beforeCountry.
var safeLower = map[string]bool{"my": true, "nhat": true, "lao": true, "duc": true, "phap": true, "thai": true, "uc": true, "nga": true, "han": true, "mi": true}

// farWords speak of other countries without naming one, or name one of their places. Folded.
var farWords = []string{
	"nuoc ngoai", "ngoai quoc", "hai ngoai", "nuoc do", "nuoc khac", "nuoc nao", "nuoc ban", "cac nuoc", "the gioi", "quoc te", "lien minh", "tieu bang", "bang california", "bang texas", "o bang", "ben do", "ben day", "ben ay", "ben kia", "ben tay", "phuong tay", "xu", "tay",
	"chau au", "chau a", "chau my", "chau phi", "chau uc", "dong nam a", "eu", "tokyo", "osaka", "seoul", "busan", "paris", "london", "berlin", "moscow", "mat xco va", "new york", "cali", "texas", "sydney", "melbourne", "toronto", "bangkok", "bang coc",
	"vieng chan", "phnom penh", "nong penh", "dai bac", "dubai", "bac kinh", "thuong hai", "ma cao", "hong kong", "visa", "thi thuc", "dai su quan", "lanh su",
}

// abroad reports whether anything in a question points beyond our borders.
func abroad(text string) bool {
	words := foldedWords(spelledOut(text))
	if slices.Contains(countryWords(words), "<nuoc>") || foreignCase(text) {
		return true
	}
	_, far := firstCue(" "+strings.Join(words, " ")+" ", farWords)
	return far
}
