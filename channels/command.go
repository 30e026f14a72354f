package channels

import (
	"slices"
	"strings"

	"github.com/motcua/motcua/retrieval/viet"
)

// command is what a person can ask of the conversation itself.
type command string

const (
	cmdNone      command = ""
	cmdHelp      command = "help"
	cmdNew       command = "new"
	cmdForget    command = "forget"
	cmdLink      command = "link"
	cmdUnlink    command = "unlink"
	cmdReminders command = "reminders"
	cmdStop      command = "stop"
	cmdResume    command = "resume"
	cmdOfficial  command = "official"
)

// Command is one entry of a platform's menu.
type Command struct{ Name, Title string }

// Commands lists the menu in its order, each by the name people type after "/".
func Commands() []Command {
	return []Command{
		{"trogiup", "Trợ giúp: tôi làm được gì"}, {"moi", "Câu hỏi mới"}, {"nhacviec", "Nhắc việc của tôi"}, {"lienket", "Liên kết với tài khoản trên Cổng"},
		{"canbo", "Gặp cán bộ"}, {"dung", "Dừng nhận nhắc việc ở đây"}, {"tieptuc", "Nhận lại nhắc việc"}, {"huylienket", "Hủy liên kết"}, {"xoa", "Xóa dữ liệu của tôi"},
	}
}

// commandWords are whole messages, folded and in lower case, that mean a command. A
// question that merely contains such words is a question.
var commandWords = map[command][]string{
	cmdHelp: {
		"/trogiup", "/help", "tro giup", "giup", "giup toi", "help", "huong dan", "huong dan su dung", "ban lam duoc gi", "ban la ai", "menu", "?",
	},
	cmdNew: {
		"/moi", "/new", "cau hoi moi", "hoi moi", "hoi cau khac", "hoi viec khac", "bat dau lai", "lam lai tu dau", "chuyen khac", "new question", "new",
	},
	cmdForget: {
		"/xoa", "/delete", "/forget", "xoa du lieu", "xoa du lieu cua toi", "xoa het", "xoa het du lieu", "xoa thong tin cua toi", "xoa lich su", "xoa cuoc tro chuyen",
		"quen toi di", "delete my data", "forget me",
	},
	cmdLink: {
		"/lienket", "/link", "lien ket", "lien ket tai khoan", "ket noi tai khoan", "gan tai khoan", "dang nhap", "link account", "link my account", "link",
	},
	cmdUnlink: {
		"/huylienket", "/unlink", "huy lien ket", "bo lien ket", "ngat lien ket", "ngat ket noi", "huy ket noi", "dang xuat", "unlink", "unlink account",
	},
	cmdReminders: {
		"/nhacviec", "/reminders", "nhac viec", "nhac viec cua toi", "xem nhac viec", "lich cua toi", "viec cua toi", "viec sap toi", "toi co viec gi", "my reminders", "reminders",
	},
	cmdStop: {
		"/dung", "/stop", "dung", "dung lai", "thoi", "dung nhac", "dung nhac viec", "dung gui", "dung nhan tin", "khong nhan nua", "tat nhac viec", "ngung nhac", "ngung", "huy nhan tin",
		"huy dang ky nhan tin", "tu choi", "stop", "unsubscribe", "tc",
	},
	cmdResume: {
		"/tieptuc", "/resume", "tiep tuc", "tiep tuc nhac", "tiep tuc nhac viec", "nhan lai", "nhan lai nhac viec", "bat nhac viec", "bat lai", "mo lai nhac viec", "resume",
	},
	cmdOfficial: {
		"/canbo", "/official", "gap can bo", "noi chuyen voi can bo", "toi muon gap can bo", "cho toi gap can bo", "hoi can bo", "gap nguoi that", "noi chuyen voi nguoi that", "gap nhan vien",
		"noi chuyen voi nguoi", "toi can gap can bo", "cho gap can bo", "chuyen can bo", "gap tu van vien", "can bo", "talk to an official", "talk to a person", "human", "official",
	},
}

var commandOf = func() map[string]command {
	all := map[string]command{}
	for c, words := range commandWords {
		for _, w := range words {
			all[w] = c
		}
	}
	return all
}()

// polite words around a command change nothing.
var politeBefore = []string{"cho toi ", "toi muon ", "toi can ", "lam on ", "vui long ", "xin ", "cho minh ", "minh muon ", "em muon ", "please "}

var politeAfter = []string{" nhe", " giup toi", " giup minh", " di", " a", " voi", " please", " duoc khong"}

// readCommand tells whether a whole message is a command; code is a link code that came
// along with it.
func readCommand(text string) (c command, code string) {
	s := plainWords(text)
	if c, ok := commandOf[s]; ok {
		return c, ""
	}
	if looksLikeCode(text) {
		return cmdLink, text
	}
	if head, rest, ok := cutLast(s); ok && commandOf[head] == cmdLink && looksLikeCode(rest) {
		return cmdLink, rest
	}
	for _, p := range politeBefore {
		if c, ok := commandOf[strings.TrimPrefix(s, p)]; ok && c != cmdStop {
			return c, ""
		}
	}
	for _, p := range politeAfter {
		if c, ok := commandOf[strings.TrimSuffix(s, p)]; ok {
			return c, ""
		}
	}
	return cmdNone, ""
}

// cutLast cuts the last word off.
func cutLast(s string) (head, last string, ok bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

// plainWords folds, lowers and trims; a bot's own name after a command is dropped.
func plainWords(text string) string {
	words := strings.Fields(strings.ToLower(viet.Fold(viet.Normalize(text))))
	words = slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, ".,!:;…") == "" })
	s := strings.Join(words, " ")
	if strings.HasPrefix(s, "/") {
		head, rest, _ := strings.Cut(s, " ")
		head, _, _ = strings.Cut(head, "@")
		return strings.TrimSpace(head + " " + rest)
	}
	return strings.Trim(s, ".,!:;…\"'“” ")
}
