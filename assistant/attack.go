package assistant

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/motcua/motcua/retrieval/viet"
)

// attackCues are phrases by which people try to make a machine leave its task, folded.
// They are long enough to mean nothing else: a citizen who asks what happens when one
// "bỏ qua quy định" is not an attacker.
var attackCues = []string{
	// leave the rules
	"bo qua moi huong dan", "bo qua cac huong dan", "bo qua tat ca huong dan", "bo qua huong dan", "bo qua moi chi dan", "bo qua cac chi dan", "bo qua tat ca chi dan",
	"bo qua moi quy tac", "bo qua cac quy tac", "bo qua moi lenh", "bo qua cac lenh", "bo qua nhung lenh", "bo qua yeu cau truoc", "bo qua noi dung tren", "bo qua chi thi",
	"bo qua moi chi thi", "bo qua cac chi thi", "quen het huong dan", "quen moi huong dan", "quen cac huong dan", "quen di moi", "quen het nhung gi", "quen tat ca",
	"khong can tuan theo", "khong tuan theo quy tac", "vo hieu hoa bo loc", "tat bo loc", "tat che do an toan", "tat kiem duyet", "khong kiem duyet", "khong bi gioi han",
	"khong co gioi han", "thoat khoi gioi han", "vuot rao", "lach bo loc", "ignore all previous", "ignore previous", "ignore the above", "ignore your instructions", "ignore all instructions",
	"ignore any previous", "disregard previous", "disregard all", "disregard the above", "disregard your", "forget all previous", "forget your instructions", "forget previous", "forget everything above",
	"override your", "override the system", "bypass your", "bypass the", "without any restrictions", "no restrictions", "without restrictions", "new instructions", "do not follow your",
	// be somebody else
	"dong vai mot ai", "dong vai ai khong", "dong vai hacker", "dong vai ke", "gia vo ban la", "gia vo rang ban", "hay tuong tuong ban la", "ban bay gio la", "bay gio ban la", "tu gio ban la",
	"ban la dan", "che do nha phat trien", "che do developer", "che do quan tri", "developer mode", "dan mode", "jailbreak", "do anything now", "you are now", "act as an unrestricted",
	"pretend you are", "pretend to be", "roleplay as", "you are dan", "sudo mode", "god mode", "opposite mode", "che do khong gioi han", "ban la chatgpt", "evil mode", "act as dan",
	// show the inside
	"in ra cau lenh he thong", "cau lenh he thong", "lenh he thong cua ban", "system prompt", "he thong prompt", "prompt he thong", "prompt cua ban", "in ra prompt", "tiet lo prompt", "huong dan ban dau cua ban",
	"huong dan noi bo cua ban", "nhac lai huong dan", "lap lai moi thu o tren", "lap lai nguyen van", "reveal your", "show your instructions", "print your instructions", "your initial instructions",
	"repeat everything above", "repeat the words above", "what are your instructions", "show me your prompt", "khoa api", "api key", "ma nguon cua ban", "cau hinh cua ban", "mat khau quan tri", "mat khau admin",
	// other people's data, the database
	"drop table", "union select", "or 1=1", "select * from", "xoa co so du lieu", "xoa toan bo du lieu", "truy xuat co so du lieu", "du lieu nguoi dung khac", "danh sach nguoi dung", "so can cuoc cua nguoi khac",
	"thong tin cua nguoi dung khac", "cho toi so dien thoai cua", "cho toi dia chi nha cua", "tra cuu can cuoc cua hang xom", "tra cuu so can cuoc cua",
	// answer as ordered
	"chi tra loi la", "luon tra loi co", "hay tra loi rang", "tra loi dung mot tu", "them cau sau vao", "chen lien ket", "chen duong link", "tu bia ra", "hay bia ra", "bia mot dieu luat", "bia ra mot", "tao ra mot dieu luat gia",
	"noi rang le phi la", "khang dinh rang le phi", "tra loi ma khong can nguon", "khong can trich dan nguon", "viet lai luat",
}

// harmCues are wishes that help would make worse, folded. Asking what the law says about
// a crime is welcome; asking how to commit one is not.
var harmCues = []string{
	"lam gia giay to", "lam giay to gia", "lam gia can cuoc", "lam can cuoc gia", "lam cccd gia", "lam bang gia", "lam gia bang", "mua bang gia", "mua bang lai gia", "bang lai gia o dau", "lam gia con dau", "lam gia chu ky",
	"gia mao chu ky the nao", "gia mao giay to the nao", "lam so do gia", "mua cccd", "mua can cuoc", "mua giay kham suc khoe", "giay kham suc khoe gia", "mua giay to gia", "lam ho so gia",
	"cach tron thue", "cach ne thue", "lam sao de tron thue", "tron thue the nao", "cach lach luat", "lam sao lach luat", "chi cach lach", "cach tron nghia vu", "tron nghia vu quan su the nao", "lam sao de tron nghia vu", "cach tron nvqs",
	"cach hoi lo", "hoi lo can bo the nao", "dut lot can bo bao nhieu", "dua phong bi bao nhieu", "hoi lo bao nhieu", "dut lot bao nhieu", "lo lot the nao", "chay an bao nhieu", "chay bang lai",
	"cach che tao bom", "che tao bom", "lam bom", "che tao sung", "mua sung o dau", "che tao vu khi", "nau ma tuy", "mua ma tuy o dau", "cach lam ma tuy", "cach giet", "giet nguoi the nao", "dau doc",
	"cach hack", "hack tai khoan", "hack vneid", "xam nhap he thong", "danh cap tai khoan", "an cap the tin dung", "rua tien the nao", "cach rua tien", "cach lua dao", "lua tien nguoi gia", "cach tong tien",
	"ket hon gia de", "ket hon gia nhu the nao", "cach lam ket hon gia", "mang thai ho ban", "ban con", "mua ban tre", "mua tre so sinh", "mua ban noi tang", "ban than o dau", "dau do nguoi qua bien gioi", "vuot bien trai phep the nao",
	"lam gia ho so tai nan", "truc loi bao hiem the nao", "cach truc loi", "khai khong thu nhap de huong", "theo doi dien thoai vo", "theo doi dien thoai chong", "cai phan mem theo doi",
}

var (
	reBase64 = regexp.MustCompile(`[A-Za-z0-9+/_-]{20,}={0,2}`)
	reSpaced = regexp.MustCompile(`(?:\b[a-z0-9] ){5,}[a-z0-9]\b`)
)

// attacked reports whether the text, or what hides in it, tries to turn the assistant
// from its task, and by which cue.
func attacked(text string) (cue string, yes bool) {
	for _, form := range unveiled(text) {
		if c, ok := firstCue(form, attackCues); ok {
			return c, true
		}
		_, legal := firstCue(form, legalCues)
		if c, ok := firstCue(form, harmCues); ok && !legal {
			return c, true
		}
	}
	return "", false
}

func firstCue(folded string, cues []string) (string, bool) {
	for _, c := range cues {
		if strings.Contains(folded, " "+c+" ") {
			return c, true
		}
	}
	return "", false
}

// unveiled returns the text folded, with digits for letters put back, with letters set
// apart joined, and what stands in it as Base64.
func unveiled(text string) []string {
	plain := spaced(text)
	forms := []string{plain, unleet(plain), joinApart(plain)}
	for _, run := range reBase64.FindAllString(text, 8) {
		if s, ok := decoded(run); ok {
			forms = append(forms, spaced(s))
		}
	}
	return forms
}

func spaced(s string) string { return " " + strings.Join(foldedWords(s), " ") + " " }

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t")

func unleet(s string) string { return leet.Replace(s) }

// joinApart closes up "b o  q u a": runs of single letters become one word each run, with
// every way of cutting them tried by leaving cues to match without spaces.
func joinApart(s string) string {
	run := reSpaced.FindString(s)
	if run == "" {
		return ""
	}
	tight := strings.ReplaceAll(run, " ", "")
	for _, list := range [][]string{attackCues, harmCues} {
		for _, c := range list {
			if strings.Contains(tight, strings.ReplaceAll(c, " ", "")) {
				return " " + c + " "
			}
		}
	}
	return ""
}

func decoded(run string) (string, bool) {
	run = strings.TrimRight(run, "=")
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		b, err := enc.DecodeString(run)
		if err == nil && utf8.Valid(b) && printable(string(b)) {
			return string(b), true
		}
	}
	return "", false
}

func printable(s string) bool {
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' {
			return false
		}
	}
	return viet.Fold(s) != ""
}
