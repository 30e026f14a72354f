package extract

import "context"

func readDOC(context.Context, string, Options) (Document, error) {
	return Document{}, fault(Unsupported, nil, "Chưa đọc được định dạng DOC.")
}

func readRTF([]byte) (Document, error) {
	return Document{}, fault(Unsupported, nil, "Chưa đọc được định dạng RTF.")
}

func readHTML([]byte, Kind) (Document, error) {
	return Document{}, fault(Unsupported, nil, "Chưa đọc được định dạng HTML.")
}
