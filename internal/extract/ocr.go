package extract

import "context"

func recognisePages(ctx context.Context, path string, pages []pdfPageText, unread []string, opt Options) []bool {
	return make([]bool, len(pages))
}
