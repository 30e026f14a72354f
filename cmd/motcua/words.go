package main

import (
	"os"
	"strings"
)

// words holds what the terminal says: Vietnamese, then English.
var words = map[string][2]string{
	"about": {
		"Một Cửa trả lời về thủ tục hành chính và pháp luật, có dẫn nguồn còn hiệu lực.",
		"Một Cửa answers about Vietnam's public services and law, with sources in force.",
	},
	"try_help":    {"Xem cách dùng: motcua help", "See how to use it: motcua help"},
	"data_help":   {"Thư mục dữ liệu (mặc định ./data, tự tạo).", "Data folder (default ./data, made on first use)."},
	"config_help": {"Tệp cấu hình TOML.", "Settings file (TOML)."},
	"lang_help":   {"Ngôn ngữ của thông báo: vi (mặc định) hoặc en.", "Language of messages: vi (default) or en."},
	"serve_help": {
		"Chạy trang web và API. Ví dụ: motcua serve --addr :8080",
		"Run the portal and the API. Example: motcua serve --addr :8080",
	},
	"ask_help": {
		"Hỏi một câu. Ví dụ: motcua ask \"đăng ký tạm trú ở đâu\" --as-of 2026-07-01",
		"Ask one question. Example: motcua ask \"đăng ký tạm trú ở đâu\" --as-of 2026-07-01",
	},
	"search_help": {
		"Tìm đoạn văn bản, kèm lý do. Ví dụ: motcua search \"thời hạn đăng ký kết hôn\"",
		"Ranked passages with reasons. Example: motcua search \"thời hạn đăng ký kết hôn\"",
	},
	"ingest_help": {
		"Nạp tệp, thư mục hoặc địa chỉ: PDF, DOCX, DOC, HTML, TXT, JSON(L)(.gz). Ví dụ: motcua ingest van-ban/",
		"Take in files, folders or addresses: PDF, DOCX, DOC, HTML, TXT, JSON(L)(.gz). Example: motcua ingest van-ban/",
	},
	"embed_help":           {"Nhúng kho văn bản bằng máy chủ đã đặt ở embed_url; dừng giữa chừng thì lần sau chạy tiếp.", "Embed the corpus with the server at embed_url; broken off, it goes on the next time."},
	"again_help":           {"Nhúng lại toàn bộ (đổi mô hình); tìm kiếm vẫn dùng véc-tơ cũ đến khi xong.", "Embed everything anew (another model); searches keep the old vectors until it is done."},
	"embedding":            {"%d/%d đoạn, %.0f/s, còn %s", "%d of %d passages, %.0f/s, %s left"},
	"embedded":             {"Đã nhúng %d đoạn; mọi đoạn của kho đã có véc-tơ.", "Embedded %d passages; every passage of the corpus has a vector."},
	"compare_help":         {"So sánh trong một lần: theo chữ, theo nghĩa, gộp, gộp rồi xếp lại (cần embed_url).", "Compare in one run: words, vectors, both, both reranked (needs embed_url)."},
	"compare_needs":        {"cần một máy chủ nhúng: đặt embed_url và embed_name", "an embedding server is needed: set embed_url and embed_name"},
	"others_help":          {"Chỉ giữ các văn bản là đáp án và N văn bản khác, chọn cố định theo mã.", "Keep only documents that answer and N others, chosen by their IDs."},
	"heads_help":           {"Chỉ nhúng đoạn đầu của mỗi văn bản: thủ tục theo tên.", "Embed only the first passage of each document: procedures by their name."},
	"vectors_help":         {"Tệp giữ véc-tơ đã nhúng (mặc định motcua.vectors trong thư mục dữ liệu).", "File that keeps vectors (default motcua.vectors in the data folder)."},
	"events_help":          {"Sự kiện đời sống: nạp, quy tắc, chạy thử, lịch nhắc, mô phỏng.", "Life events: import, rules, dry run, calendar, simulation."},
	"events_import_help":   {"Nạp sự kiện và dữ kiện: .ndjson/.jsonl (CloudEvents) hoặc .csv, có thể .gz.", "Take in events and facts: .ndjson/.jsonl (CloudEvents) or .csv, also .gz."},
	"events_rules_help":    {"Liệt kê, giải thích, kiểm tra quy tắc nhắc.", "List, explain and check the rules."},
	"events_dry_run_help":  {"Chạy thử một quy tắc: ai sẽ được nhắc, ai không và vì sao. Không gửi gì.", "Try a rule: who would be told, who not and why. Nothing is sent."},
	"events_calendar_help": {"Vẽ lịch nhắc sắp tới; với --person là dòng thời gian của một gia đình.", "Draw what is planned; with --person the timeline of a family."},
	"events_quality_help":  {"Chất lượng dữ liệu của từng nguồn.", "Quality of data by source."},
	"events_simulate_help": {"Mô phỏng một dân số qua bộ máy thật, có người phán xử độc lập.", "Live a made-up population through the real engine, judged by an independent oracle."},
	"events_ripple_help": {
		"Luật đổi thì đụng tới gì: quy tắc, lời nhắc, câu trả lời. Ví dụ: motcua events ripple \"60/2014/QH13#15\"",
		"What a change of law touches: rules, notices, answers. Example: motcua events ripple \"60/2014/QH13#15\"",
	},
	"ripple_rules_help":  {"Thư mục quy tắc mới: lời nhắc đã gửi nào sẽ phải đính chính.", "Folder of new rules: which notices already said would need correcting."},
	"ripple_place_help":  {"Điều, khoản, điểm, ví dụ 60/2014/QH13#15#1.", "A provision, for example 60/2014/QH13#15#1."},
	"ripple_one":         {"nêu một điều luật, hoặc --rules với thư mục quy tắc mới", "name a provision, or --rules with a folder of new rules"},
	"ripple_bad_place":   {"%q không phải một điều luật viết như 60/2014/QH13#15#1", "%q is not a provision such as 60/2014/QH13#15#1"},
	"ripple_head":        {"%d thay đổi đụng tới điều đang dựa vào:", "%d changes touch what rests on them:"},
	"ripple_counts":      {"%d quy tắc, %d lời nhắc đã gửi, %d đang chờ, %d câu trả lời còn giữ", "%d rules, %d notices said, %d waiting, %d answers kept"},
	"ripple_verified":    {"đối chiếu lần cuối %s", "last compared %s"},
	"ripple_correct":     {"%d lời nhắc đã gửi cần đính chính", "%d notices said need correcting"},
	"ripple_statements":  {"đính chính của cán bộ dựa vào: %s", "officials' corrections resting on it: %s"},
	"ripple_changed":     {"đã đổi", "changed"},
	"ripple_removed":     {"không còn", "gone"},
	"ripple_asked":       {"được hỏi", "asked"},
	"events_file_help":   {"Tệp cần nạp.", "The file."},
	"events_formats":     {"chỉ nhận tệp .ndjson, .jsonl, .csv (có thể thêm .gz)", "only .ndjson, .jsonl and .csv files (also with .gz)"},
	"events_imported":    {"%d dòng: nhận %d, đã có %d, không nhận %d; %.1f s", "%d lines: %d accepted, %d known, %d refused; %.1f s"},
	"rules_list_help":    {"Mọi quy tắc, mọi phiên bản.", "Every rule in every version."},
	"rules_explain_help": {"Nói bằng lời một quy tắc làm gì. Ví dụ: motcua events rules explain E13", "Say in words what a rule does. Example: motcua events rules explain E13"},
	"rules_check_help":   {"Kiểm tra một thư mục quy tắc: tệp, dòng, lý do.", "Check a folder of rules: file, line, reason."},
	"rules_dir_help":     {"Thư mục có các tệp .yaml.", "Folder of .yaml files."},
	"rules_checked":      {"%d quy tắc đọc được, %d lỗi", "%d rules read, %d faults"},
	"rules_bad":          {"bộ quy tắc ở %s chưa dùng được", "the rules in %s cannot run"},
	"rule_id_help":       {"Mã quy tắc, ví dụ E13.", "Rule ID, for example E13."},
	"rule_unknown":       {"không có quy tắc %q; xem motcua events rules", "there is no rule %q; see motcua events rules"},
	"rule_off":           {"đang tắt", "off"},
	"no_sources":         {"Chưa nhận dữ liệu từ nguồn nào.", "No source has sent anything yet."},
	"written":            {"Đã ghi %s", "Wrote %s"},
	"people_help":        {"Số người ban đầu.", "People at the start."},
	"from_help":          {"Ngày đầu (mặc định hôm nay).", "First day (default today)."},
	"to_help":            {"Ngày cuối (mặc định một năm sau).", "Last day (default a year on)."},
	"days_help":          {"Số ngày xem tới.", "How many days ahead."},
	"months_help":        {"Số tháng.", "How many months."},
	"family_help":        {"Mã giả danh: vẽ dòng thời gian của gia đình người ấy.", "A pseudonym: draw the timeline of that person's family."},
	"keep_help":          {"Giữ lại kho dữ liệu mô phỏng ở thư mục này (để chạy thử, vẽ lịch).", "Keep the simulated store in this folder (for dry runs and pictures)."},
	"simulate_faults":    {"người phán xử tìm thấy lỗi; xem bảng trên", "the oracle found faults; see above"},
	"eval_help":          {"Đo chất lượng tìm kiếm và trả lời.", "Measure retrieval and answers."},
	"restricted_help":    {"Chỉ dành cho cán bộ: người dân không tìm thấy.", "For officials only: citizens do not find it."},
	"keys_help":          {"Khóa mã hóa dữ liệu cá nhân: xem, đổi, bỏ khóa cũ, không phải dừng dịch vụ.", "Keys that seal personal data: look, rotate, retire, without stopping the service."},
	"keys_list_help":     {"Các khóa, số giá trị dưới mỗi khóa, các bản đang chạy.", "The keys, how much is sealed under each, the replicas that run."},
	"keys_rotate_help":   {"Chuyển sang khóa mới rồi mã hóa lại mọi thứ dưới khóa ấy. Bị ngắt thì chạy motcua keys reseal.", "Seal with a new key from now on, then put everything under it. When interrupted: motcua keys reseal."},
	"keys_reseal_help":   {"Đưa mọi thứ còn dưới khóa cũ sang khóa đang ghi, rồi mở thử tất cả.", "Put what is still under an old key under the one that seals, then open everything to prove it."},
	"keys_retire_help":   {"Bỏ hẳn một khóa cũ khi không còn gì cần nó. Ví dụ: motcua keys retire 1", "Take an old key away once nothing needs it. Example: motcua keys retire 1"},
	"keys_adopt_help":    {"Nhận các tệp khóa ở thư mục này làm khóa của kho, khi khóa trước đã mất hẳn.", "Take the key files of this folder for the store's, when the former ones are lost."},
	"keys_lost_help":     {"Xác nhận khóa trước đã mất: những gì nó mã hóa không bao giờ mở lại được.", "Confirm that the former keys are lost: what they sealed stays closed for ever."},
	"keys_wait_help":     {"Chờ các bản đang chạy đọc được khóa mới bao lâu.", "How long to wait for running replicas to have the new key."},
	"keys_noreseal_help": {"Chỉ chuyển khóa, chưa mã hóa lại.", "Only change the key; reseal later."},
	"keys_number_help":   {"Số của khóa.", "Number of the key."},
	"keys_columns":       {"khóa\tvân tay\ttrạng thái\tgiá trị\ttừ", "key\tfingerprint\tstate\tvalues\tsince"},
	"key_seals":          {"đang ghi", "seals"},
	"key_opens":          {"chỉ mở", "opens only"},
	"key_new":            {"mới, chưa dùng", "new, not used yet"},
	"key_retired":        {"đã bỏ", "retired"},
	"key_missing":        {"không có trong tệp này", "not in this file"},
	"keys_replica":       {"bản đang chạy %s: có khóa %s, ghi bằng khóa %d", "replica %s: has keys %s, seals with %d"},
	"keys_rotated":       {"Từ nay ghi bằng khóa số %d.", "Key %d seals from now on."},
	"keys_resealing":     {"mã hóa lại %s: %d/%d", "resealing %s: %d/%d"},
	"keys_verifying":     {"mở thử %s: %d/%d", "opening %s: %d/%d"},
	"keys_resealed":      {"Đã mã hóa lại %d giá trị dưới khóa số %d; mở thử đủ %d giá trị; %.1f s", "Resealed %d values under key %d; opened all %d; %.1f s"},
	"keys_retired":       {"Đã bỏ khóa số %d. Bản sao lưu cũ hơn lần đổi khóa vẫn cần nó: giữ bản sao lưu khóa lúc ấy chừng nào còn giữ chúng.", "Key %d is retired. Backups from before the rotation still need it: keep the keys' backup of that time as long as you keep them."},
	"keys_adopted":       {"Kho nay dùng các tệp khóa của thư mục này.", "The store now goes by the key files of this folder."},
	"backup_help": {
		"Sao lưu kho ra một tệp, khi dịch vụ vẫn chạy. Ví dụ: motcua backup kho-2026-11-21.db --keys khoa.tar",
		"Back up the store to one file while the service runs. Example: motcua backup store.db --keys keys.tar",
	},
	"restore_help": {
		"Khôi phục bản sao lưu vào thư mục dữ liệu trống. Ví dụ: motcua restore kho.db --keys khoa.tar --data ./moi",
		"Restore a backup into an empty data folder. Example: motcua restore store.db --keys keys.tar --data ./new",
	},
	"migrate_help": {
		"Chuyển kho từ SQLite sang PostgreSQL, đối chiếu từng bảng; bị ngắt thì chạy lại. Ví dụ: MOTCUA_POSTGRES=postgres://… motcua migrate-store --from sqlite --to postgres",
		"Move the store from SQLite to PostgreSQL and compare every table; if it is cut off, run it again. Example: MOTCUA_POSTGRES=postgres://… motcua migrate-store --from sqlite --to postgres",
	},
	"migrate_from_help":   {"Kho đang dùng.", "The store in use."},
	"migrate_to_help":     {"Kho sẽ dùng; địa chỉ lấy từ cài đặt postgres.", "The store to be used; its address is the setting postgres."},
	"migrate_step_copy":   {"chép %s: %d/%d dòng", "copying %s: %d/%d rows"},
	"migrate_step_verify": {"đối chiếu %s: %d/%d dòng", "comparing %s: %d/%d rows"},
	"migrate_columns":     {"số dòng\tghi lần này\tmã SHA-256\t  bảng\t", "rows\twritten now\tSHA-256\t  table\t"},
	"migrate_done": {
		"Hai kho giống nhau từng dòng (%.1f s). Nếu dịch vụ vẫn chạy trong lúc chuyển, hãy dừng rồi chạy lại lệnh này: chỉ những gì đã đổi được chép. Sau đó đặt store = \"postgres\" và giữ nguyên thư mục %s, vì khóa nằm ở đó.",
		"Both stores hold the same, row by row (%.1f s). If the service ran meanwhile, stop it and run this again: only what changed is copied. Then set store = \"postgres\" and keep the folder %s: the keys are there.",
	},
	"backup_file_help":  {"Tệp mới cho kho dữ liệu.", "New file for the store."},
	"backup_keys_help":  {"Tệp mới cho các khóa; cất riêng khỏi bản sao lưu kho.", "New file for the keys; keep it apart from the store."},
	"restore_file_help": {"Bản sao lưu kho.", "Backup of the store."},
	"restore_keys_help": {"Bản sao lưu khóa.", "Backup of the keys."},
	"backup_done":       {"Đã sao lưu kho vào %s (%.1f MB).", "The store is in %s (%.1f MB)."},
	"backup_no_keys":    {"Chưa sao lưu khóa: thêm --keys TỆP, và cất riêng. Mất khóa thì không mở lại được dữ liệu đã niêm phong.", "Keys are not backed up: add --keys FILE and keep it apart. Without keys, sealed data cannot be opened again."},
	"backup_keys_done":  {"Đã sao lưu khóa vào %s: %s. Cất riêng khỏi bản sao lưu kho.", "The keys are in %s: %s. Keep them apart from the store."},
	"restore_keys_done": {"Đã khôi phục khóa: %s.", "Keys restored: %s."},
	"restore_done":      {"Đã khôi phục vào %s; lần chạy tới sẽ dựng lại chỉ mục tìm kiếm.", "Restored into %s; the next start builds the search index."},
	"doctor_help":       {"Kiểm tra cấu hình, kho dữ liệu, chỉ mục và công cụ; nói cách sửa.", "Check settings, store, index and tools; say how to mend."},
	"configcmd_help":    {"In mọi thiết đặt: giá trị, đơn vị, mặc định.", "Print every setting: value, unit, default."},
	"help_help":         {"Xem cách dùng. Ví dụ: motcua help ask", "How to use it. Example: motcua help ask"},
	"version_help":      {"In phiên bản.", "Print the version."},
	"sbom_help":         {"In danh mục mọi thành phần của chương trình, dạng CycloneDX.", "Print what the program is made of, as CycloneDX."},
	"addr_help":         {"Địa chỉ lắng nghe, ví dụ :8080.", "Address to listen on, for example :8080."},
	"asof_help":         {"Hỏi theo ngày hiệu lực (YYYY-MM-DD hoặc DD/MM/YYYY). Mặc định: hôm nay.", "As of a day (YYYY-MM-DD or DD/MM/YYYY). Default: today."},
	"place_help":        {"Nơi ở, ví dụ \"Đà Nẵng\".", "Where you live, for example \"Đà Nẵng\"."},
	"role_help":         {"Vai: citizen (người dân) hoặc official (cán bộ).", "Role: citizen or official."},
	"json_help":         {"In một tài liệu JSON và không gì khác.", "Print one JSON document and nothing else."},
	"agency_help":       {"Chỉ của cơ quan ban hành này.", "Only this issuing body."},
	"type_help":         {"Chỉ loại văn bản này: luật, nghị định, thông tư, thủ tục…", "Only this type: luật, nghị định, thông tư, thủ tục…"},
	"level_help":        {"Chỉ việc do cấp này làm: central, province, commune.", "Only what this level does: central, province, commune."},
	"for_help":          {"Chỉ việc dành cho: citizen, business, organisation, foreigner.", "Only what is for: citizen, business, organisation, foreigner."},
	"search_place_help": {"Chỉ quy định cả nước và của nơi này, tên cũ hay mới: Đà Nẵng, Quảng Nam…", "Only rules for the whole country and for this place, by its old or new name."},
	"inside_help":       {"Tìm cả tài liệu nội bộ dành cho cán bộ.", "Search documents for officials only, too."},
	"limit_help":        {"Số kết quả.", "How many results."},
	"question_help":     {"Câu hỏi.", "The question."},
	"query_help":        {"Từ cần tìm.", "What to look for."},
	"paths_help":        {"Tệp, thư mục hoặc địa chỉ https.", "Files, folders or https addresses."},
	"sample_help":       {"Mở trang mẫu với dữ liệu giả.", "Serve sample pages with made-up data."},
	"dataset_help":      {"Thư mục có corpus.jsonl[.gz], queries.jsonl, qrels.tsv.", "Folder with corpus.jsonl[.gz], queries.jsonl, qrels.tsv."},
	"run_help":          {"Ghi thêm tệp kết quả dạng TREC.", "Also write a TREC run file."},
	"against_help":      {"So từng phép đo với tệp kết quả TREC này: chênh lệch, p và p hiệu chỉnh theo Holm.", "Test every metric against this TREC run file: difference, p, and p corrected by Holm."},
	"first_help":        {"Chỉ đo tầng đầu, không xếp lại.", "Measure the first stage only, without reordering."},
	"robust_help":       {"Đo thêm với câu hỏi bị viết lại: bỏ dấu, Telex, gõ sai…", "Also with the questions rewritten: no marks, Telex, typos…"},
	"questions_help":    {"Chỉ hỏi N câu, lấy cách đều (0: hỏi hết).", "Ask only N questions, taken at even distances (0: all)."},
	"postgres_help":     {"Địa chỉ PostgreSQL để so thêm.", "PostgreSQL address to compare with as well."},
	"retrieval_help":    {"Đo tìm kiếm trên một bộ dữ liệu.", "Measure retrieval on a data set."},
	"train_help":        {"Học lại trọng số xếp hạng; kết quả lặp lại được theo hạt giống.", "Learn the ranking weights again; reproducible from the seed."},
	"peers_help":        {"So với SQLite FTS5, bleve, PostgreSQL trong cùng một lần chạy.", "Compare with SQLite FTS5, bleve and PostgreSQL in one run."},
	"save_help":         {"Ghi trọng số và bảng điểm vào bản sao mã nguồn này.", "Write weights and cards into this checkout."},
	"seed_help":         {"Hạt giống ngẫu nhiên.", "Random seed."},
	"out_help":          {"Ghi ra tệp.", "Write to this file."},
	"answers_help": {
		"Chấm câu trả lời theo bộ đề. Ví dụ: motcua eval answers --cases eval/suites/exam/dev.jsonl",
		"Score answers on cases. Example: motcua eval answers --cases eval/suites/exam/dev.jsonl",
	},
	"temporal_help": {
		"Đo việc chọn đúng phiên bản văn bản theo ngày hỏi. Ví dụ: motcua eval temporal cau-hoi.json",
		"Measure whether the version in force on the day is cited. Example: motcua eval temporal questions.json",
	},
	"temporal_file_help": {"Tệp JSON các câu hỏi có ngày.", "JSON file of dated questions."},
	"zalo_help":          {"Kênh Zalo: mẫu tin để nộp duyệt.", "The Zalo channel: templates to hand in."},
	"zalo_templates_help": {
		"Ghi mẫu tin ra tệp, sẵn để nộp Zalo duyệt, với địa chỉ Cổng của mình. Ví dụ: motcua zalo templates --portal https://dichvu.tinh.gov.vn --out mau-zalo",
		"Write the templates to files, ready to be handed in to Zalo, with the address of your portal. Example: motcua zalo templates --portal https://dichvu.tinh.gov.vn --out templates",
	},
	"zalo_portal_help": {"Địa chỉ https của Cổng; mặc định là thiết đặt public_url.", "The portal's https address; the setting public_url unless given."},
	"zalo_out_help":    {"Thư mục ghi mẫu tin, mỗi mẫu một tệp; tệp cùng tên bị ghi đè.", "Folder for the templates, one file each; files of the same name are overwritten."},
	"zalo_light_help":  {"Số hiệu logo nền sáng đã tải lên Zalo; không có thì mẫu không có logo.", "Number of the logo for light pages, as uploaded to Zalo; without one there is no logo."},
	"zalo_dark_help":   {"Số hiệu logo nền tối.", "Number of the logo for dark pages."},
	"zalo_bad_portal":  {"địa chỉ Cổng phải có dạng https://dichvu.tinh.gov.vn, không phải %q; ghi --portal hoặc đặt public_url", "the portal's address must look like https://dichvu.tinh.gov.vn, not %q; give --portal or set public_url"},
	"zalo_two_logos":   {"logo cần cả hai số hiệu: --light và --dark", "a logo needs both numbers: --light and --dark"},
	"corrections_help": {
		"Đính chính của cán bộ: liệt kê, ký, chấm dứt. Ví dụ: motcua corrections list",
		"Officials' corrections: list, sign, expire. Example: motcua corrections list",
	},
	"corrections_list_help":    {"Đính chính đang áp dụng, và cái nào không áp dụng được vì sao.", "Corrections in force, and which are not applied and why."},
	"corrections_sign_help":    {"Ký một đính chính bằng khóa trong thư mục dữ liệu.", "Sign a correction with the key in the data folder."},
	"corrections_expire_help":  {"Chấm dứt một đính chính ngay.", "End a correction at once."},
	"correction_text_help":     {"Lời đính chính, như người dân sẽ đọc.", "The correction, as people will read it."},
	"correction_by_help":       {"Bí danh người ký (a-z, 0-9, gạch nối).", "Pseudonym of the signer (a-z, 0-9, hyphen)."},
	"correction_office_help":   {"Cơ quan chịu trách nhiệm.", "The office responsible."},
	"correction_basis_help":    {"Căn cứ, ví dụ \"khoản 1 Điều 15 60/2014/QH13\". Lặp lại cho nhiều.", "Basis, such as \"khoản 1 Điều 15 60/2014/QH13\". Repeat for more."},
	"correction_unit_help":     {"Thủ tục hoặc điều luật được đính chính, ví dụ tthc:1.001193.", "Procedure or article corrected, such as tthc:1.001193."},
	"correction_question_help": {"Câu hỏi mà lời đính chính trả lời.", "The question that the correction answers."},
	"correction_must_help":     {"Điều một câu trả lời đúng phải nói. Lặp lại cho nhiều.", "A fact that a right answer states. Repeat for more."},
	"correction_until_help":    {"Ngày hết hạn, không quá 366 ngày.", "Day of expiry, within 366 days."},
	"correction_id_help":       {"Mã đính chính.", "Identifier of the correction."},
	"correction_note_help":     {"Lý do.", "Why."},
	"not_applied":              {"không áp dụng", "not applied"},
	"no_corrections":           {"Không có đính chính nào.", "There are no corrections."},
	"load_help": {
		"Hỏi một dịch vụ đang chạy với nhịp đều và đo thời gian trả lời. Ví dụ: motcua eval load --cases eval/suites/exam/dev.jsonl --rate 200",
		"Ask a running service at a constant rate and time its answers. Example: motcua eval load --cases eval/suites/exam/dev.jsonl --rate 200",
	},
	"load_url_help":  {"Địa chỉ của dịch vụ.", "Address of the service."},
	"load_rate_help": {"Số câu hỏi mỗi giây.", "Questions a second."},
	"load_for_help":  {"Hỏi trong bao lâu.", "For how long."},
	"anachronisms_help": {
		"Hỏi mọi văn bản vào các ngày quanh hạn hiệu lực; liệt kê trích dẫn sai thời điểm.",
		"Ask for every document around its days in force; list citations out of their time.",
	},
	"report_help": {
		"Trang HTML kết quả kỳ thi, có hình. Ví dụ: motcua eval report --cases eval/suites/exam/dev.jsonl --out report.html",
		"HTML page of the exam with pictures. Example: motcua eval report --cases eval/suites/exam/dev.jsonl --out report.html",
	},
	"report_out_help":   {"Tệp HTML ghi ra (mặc định: ra màn hình).", "HTML file to write (default: standard output)."},
	"baseline_help":     {"Thư mục các bảng điểm đã lưu, để vẽ diễn biến.", "Folder of committed score cards, for the trend."},
	"card_help":         {"Ghi thêm bảng điểm JSON.", "Also write the score card as JSON."},
	"cases_help":        {"Tệp câu hỏi, mỗi dòng một JSON: q, as_of, kind, procedure, must_contain… Lặp lại cho nhiều tệp.", "Case file, one JSON a line: q, as_of, kind, procedure, must_contain… Repeat for more."},
	"every_help":        {"Thêm câu hỏi tự soạn: mọi thủ tục của kho khởi đầu, mọi mục, mỗi mục hỏi N cách.", "Add questions made of the starter corpus: every procedure, every slot, in N wordings each."},
	"no_cases":          {"không có câu hỏi nào: cho --cases hoặc --every", "no questions: give --cases or --every"},
	"half_help":         {"Chỉ nửa dev hoặc nửa test.", "Only the dev half or the test half."},
	"judge_help":        {"Nhờ mô hình chấm thêm; tệp này là câu trả lời đã có người chấm để đo nó sai bao nhiêu. Không tính vào điểm.", "Let the model judge as well; the file holds labelled answers to measure how often it errs. It scores nothing."},
	"judge_needs_model": {"cần model_url: không có máy chủ mô hình nào để chấm", "model_url is needed: there is no model server to judge"},
	"failures_help":     {"Kể từng câu sai và sai ở đâu.", "List every failing case and what was wrong."},
	"once_help":         {"Hỏi mỗi câu một lần (không đo tính ổn định).", "Ask each question once (sameness is not measured)."},
	"data_sets_help":    {"Các thư mục dữ liệu.", "Data set folders."},
	"train_choice_help": {
		"Học lại trọng số chọn thủ tục từ kho khởi đầu; cùng dữ liệu thì cùng kết quả. Ví dụ: motcua --data moi eval train-choice --cases eval/suites/exam/dev.jsonl --unheld assistant/gen/unheld.txt",
		"Learn anew how a procedure is chosen, from the starter corpus; the same data give the same weights. Example: motcua --data new eval train-choice --cases eval/suites/exam/dev.jsonl --unheld assistant/gen/unheld.txt",
	},
	"train_portal_help": {"Thủ tục của Cổng Dịch vụ công (jsonl.gz); tên không có trong kho khởi đầu là câu không trả lời được.", "Procedures of the national portal (jsonl.gz); names the starter corpus does not hold cannot be answered."},
	"train_law_help":    {"Câu hỏi pháp luật mà không thủ tục nào trả lời (queries.jsonl).", "Questions of law that no procedure answers (queries.jsonl)."},
	"unheld_help":       {"Thủ tục mà kho không có, mỗi dòng một thủ tục.", "Procedures the corpus does not hold, one a line."},

	"nothing_taken": {
		"không nạp được văn bản nào; lý do ở bảng trên",
		"nothing was taken in; the table above says why",
	},
	"not_well":       {"có việc cần sửa, xem các dòng ✗", "something needs mending, see the lines marked ✗"},
	"ingest_columns": {"đọc\tmới\tđổi\tgiữ\tbỏ\tcần xem\tkhông nạp\t  nguồn\t", "read\tadded\tchanged\tkept\tremoved\tflagged\tskipped\t  source\t"},
	"unchanged":      {"(không đổi)", "(unchanged)"},
	"total":          {"tổng cộng", "total"},
	"more_faults":    {"! và %d điều nữa; xem đủ bằng --json", "! and %d more; --json lists them all"},

	"asof_label":    {"Theo ngày", "As of"},
	"sources":       {"Nguồn", "Sources"},
	"digest":        {"tóm lược", "digest"},
	"in_force":      {"hiệu lực", "in force"},
	"from":          {"từ", "from"},
	"until":         {"đến hết", "until"},
	"no_end":        {"nay", "now"},
	"unknown_from":  {"không rõ", "unknown"},
	"verified":      {"Kiểm tra lần cuối", "Last verified"},
	"confidence":    {"độ tin cậy", "confidence"},
	"basis":         {"Căn cứ", "Basis"},
	"doubt":         {"chưa chắc chắn", "not certain"},
	"related":       {"Thủ tục liên quan", "Related procedures"},
	"options":       {"Chọn một", "Choose one"},
	"incomplete":    {"Chưa có thông tin về", "We hold nothing on"},
	"no_hits":       {"Không tìm thấy đoạn nào có hiệu lực ngày %s.", "No passage in force on %s."},
	"why":           {"vì", "because"},
	"first_start":   {"Lần chạy đầu: nạp kho khởi đầu và dựng chỉ mục…", "First start: loading the starter corpus and building the index…"},
	"listening":     {"Một Cửa đang chạy tại http://%s (Ctrl+C để dừng)", "Một Cửa is running at http://%s (Ctrl+C to stop)"},
	"place_unknown": {"Không nhận ra địa danh %q.", "Place %q is not known."},
	"bad_place":     {"Không nhận ra nơi “%s”. Hãy ghi tên tỉnh, thành phố.", "No place is known as “%s”. Please give a province or city."},
	"bad_date":      {"%q không phải là một ngày có thật (YYYY-MM-DD hoặc DD/MM/YYYY).", "%q is not a real day (YYYY-MM-DD or DD/MM/YYYY)."},
	"high":          {"cao", "high"},
	"medium":        {"trung bình", "medium"},
	"low":           {"thấp", "low"},
}

// say is one text in the language asked for; the key itself when there is none, so that
// a slip shows.
func say(lang, key string) string {
	w, ok := words[key]
	if !ok {
		return key
	}
	if lang == "en" {
		return w[1]
	}
	return w[0]
}

// helpWords are the texts kong puts into its help.
func helpWords(lang string) map[string]string {
	vars := map[string]string{}
	for key := range words {
		vars[key] = say(lang, key)
	}
	return vars
}

// languageOf finds the language before the command line is parsed, for its own help.
func languageOf(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv("MOTCUA_LANG")
}
