import type { Kind } from '../schema/kinds.ts';
import type { ProfileId } from '../schema/profiles.ts';

/** Texts of the sample workspace: own writing in the structure of real documents; the agencies and people are invented. */
export interface SampleText {
	title: string;
	kind: Kind;
	profile: ProfileId;
	text: string;
}

export const RESOLUTION: SampleText = {
	title: 'Nghị quyết về chuyển đổi số thành phố đến năm 2030',
	kind: 'resolution',
	profile: 'vbqppl-187',
	text: `HỘI ĐỒNG NHÂN DÂN
THÀNH PHỐ MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: …/2026/NQ-HĐND
Thành phố Mẫu, ngày … tháng … năm 2026
NGHỊ QUYẾT
Về chuyển đổi số thành phố đến năm 2030
Căn cứ Luật Tổ chức chính quyền địa phương;
Căn cứ Luật Ban hành văn bản quy phạm pháp luật;
Căn cứ Luật Giao dịch điện tử;
Xét Tờ trình của Ủy ban nhân dân thành phố; Báo cáo thẩm tra của Ban Kinh tế - Ngân sách; ý kiến thảo luận của đại biểu Hội đồng nhân dân tại kỳ họp;
Hội đồng nhân dân ban hành Nghị quyết về chuyển đổi số thành phố đến năm 2030.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Nghị quyết này quy định mục tiêu, nhiệm vụ, nguồn lực và trách nhiệm của các cơ quan trong việc chuyển đổi số trên địa bàn thành phố đến năm 2030.
2. Việc bảo vệ bí mật nhà nước và hoạt động cơ yếu thực hiện theo quy định riêng.
Điều 2. Mục tiêu đến năm 2030
1. Kinh tế số đóng góp tối thiểu 35% tổng sản phẩm trên địa bàn; năng suất lao động tăng bình quân hằng năm không thấp hơn 8%.
2. Toàn bộ thủ tục hành chính đủ điều kiện được cung cấp trực tuyến toàn trình; tỷ lệ hồ sơ trực tuyến đạt từ 90% trở lên, trừ trường hợp quy định tại điểm b khoản 1 Điều 6.
3. Mọi thôn, tổ dân phố được phủ băng rộng cố định; tỷ lệ hộ gia đình có cáp quang đạt 95%.
4. Mỗi người dân trưởng thành có tài khoản định danh điện tử và được hỗ trợ miễn phí kỹ năng số cơ bản.
Điều 3. Nguyên tắc thực hiện
1. Lấy người dân, doanh nghiệp làm trung tâm; kết quả đo bằng thời gian và chi phí mà người dân tiết kiệm được.
2. Dữ liệu chỉ thu một lần, dùng chung nhiều lần; cơ quan không yêu cầu người dân cung cấp lại thông tin đã có.
3. Bảo đảm an toàn thông tin ngay từ khâu thiết kế; không đưa vào vận hành hệ thống chưa được đánh giá.
Chương II
NHIỆM VỤ VÀ GIẢI PHÁP
Mục 1
DỮ LIỆU VÀ NỀN TẢNG
Điều 4. Phát triển dữ liệu dùng chung
1. Hình thành kho dữ liệu dùng chung của thành phố, kết nối với cơ sở dữ liệu quốc gia; các cơ quan có trách nhiệm:
a) Công bố danh mục dữ liệu mở trong phạm vi quản lý;
b) Cập nhật dữ liệu chậm nhất sau 03 ngày làm việc kể từ khi có thay đổi;
c) Chịu trách nhiệm về tính chính xác của dữ liệu do mình cung cấp;
d) Cử đầu mối xử lý khi người dùng báo dữ liệu sai;
đ) Công khai tình hình cập nhật trên cổng dữ liệu hằng quý.
2. Dữ liệu cá nhân chỉ được chia sẻ trong phạm vi và mục đích đã thông báo cho chủ thể dữ liệu.
Điều 5. Nền tảng số của thành phố
1. Thành phố dùng chung một nền tảng tích hợp, một cổng dịch vụ và một kho định danh; không đầu tư trùng lặp.
2. Trước khi đề xuất hệ thống mới, cơ quan phải nêu rõ vì sao nền tảng dùng chung quy định tại khoản 1 Điều này chưa đáp ứng được.
3. Hệ thống đang vận hành mà không kết nối được với kho dữ liệu quy định tại khoản 1 Điều 4 phải có lộ trình thay thế trước ngày 31 tháng 12 năm 2027.
Mục 2
DỊCH VỤ VÀ CON NGƯỜI
Điều 6. Dịch vụ công trực tuyến
1. Thủ tục hành chính được cung cấp theo hai mức:
a) Trực tuyến toàn trình đối với thủ tục không cần kiểm tra thực địa;
b) Trực tuyến một phần đối với thủ tục cần kiểm tra thực địa hoặc đối chiếu bản gốc.
2. Người dân không có thiết bị được hỗ trợ tại bộ phận một cửa và điểm bưu điện; thời gian giải quyết không dài hơn hồ sơ trực tuyến.
3. Cổng dịch vụ phải đọc được bằng trình đọc màn hình và dùng được chỉ bằng bàn phím.
Điều 7. Nhân lực và kỹ năng số
1. Cán bộ, công chức được bồi dưỡng kỹ năng số ít nhất 40 giờ mỗi năm; kết quả là căn cứ đánh giá hằng năm.
2. Thành lập tổ công nghệ số cộng đồng tại mỗi thôn, tổ dân phố.
3. Khuyến khích cơ sở giáo dục nghề nghiệp mở ngành học phục vụ các nhiệm vụ quy định tại Điều 4 và Điều 5.
Điều 8. An toàn thông tin
1. Mỗi hệ thống có người chịu trách nhiệm về an toàn thông tin và phương án ứng cứu được diễn tập mỗi năm một lần.
2. Sự cố làm gián đoạn dịch vụ quá 04 giờ phải được công bố cho người dân biết nguyên nhân và thời gian khắc phục.
Chương III
NGUỒN LỰC VÀ TỔ CHỨC THỰC HIỆN
Điều 9. Nguồn lực
1. Bố trí tối thiểu 1,5% tổng chi ngân sách hằng năm cho chuyển đổi số.
2. Ưu tiên hình thức thuê dịch vụ; mã nguồn và dữ liệu hình thành từ ngân sách thuộc sở hữu của thành phố.
Điều 10. Trách nhiệm của Ủy ban nhân dân thành phố
1. Ban hành chương trình hành động trong thời hạn 60 ngày kể từ ngày Nghị quyết này có hiệu lực.
2. Phân công rõ cơ quan chủ trì, cơ quan phối hợp và thời hạn cho từng nhiệm vụ quy định tại Chương II.
3. Báo cáo Hội đồng nhân dân kết quả thực hiện các mục tiêu quy định tại Điều 2 vào kỳ họp cuối năm.
Điều 11. Giám sát
Thường trực Hội đồng nhân dân, các Ban, các Tổ đại biểu và đại biểu Hội đồng nhân dân giám sát việc thực hiện Nghị quyết này.
Điều 12. Hiệu lực thi hành
Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2027.
Nghị quyết này đã được Hội đồng nhân dân thành phố Mẫu Khóa XVII Kỳ họp thứ mười thông qua ngày … tháng … năm 2026.
Nơi nhận:
- Ủy ban Thường vụ Quốc hội, Chính phủ;
- Ủy ban nhân dân thành phố;
- Các sở, ban, ngành; Ủy ban nhân dân các xã, phường;
- Lưu: VT, CTHĐND.
CHỦ TỊCH
Trần Minh Mẫu`
};

export const PROGRAMME: SampleText = {
	title: 'Chương trình hành động thực hiện Nghị quyết về chuyển đổi số',
	kind: 'action-programme',
	profile: 'nd30',
	text: `ỦY BAN NHÂN DÂN
THÀNH PHỐ MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: …/CTr-UBND
Thành phố Mẫu, ngày … tháng … năm 2026
CHƯƠNG TRÌNH HÀNH ĐỘNG
Thực hiện Nghị quyết về chuyển đổi số thành phố đến năm 2030
Thực hiện Nghị quyết của Hội đồng nhân dân thành phố về chuyển đổi số thành phố đến năm 2030, Ủy ban nhân dân thành phố ban hành Chương trình hành động như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Cụ thể hóa các mục tiêu của Nghị quyết thành nhiệm vụ có cơ quan chủ trì, sản phẩm và thời hạn.
b) Tạo chuyển biến rõ rệt trong giải quyết thủ tục hành chính và khai thác dữ liệu.
2. Yêu cầu
a) Mỗi nhiệm vụ chỉ có một cơ quan chủ trì.
b) Sản phẩm phải đo được; tiến độ cập nhật hằng tháng.
II. NHIỆM VỤ, GIẢI PHÁP
1. Hoàn thiện thể chế
a) Sở Nội vụ chủ trì rà soát các quy định không còn phù hợp, trình sửa đổi trước Quý II/2027.
b) Văn phòng Ủy ban nhân dân thành phố chủ trì xây dựng quy chế khai thác dữ liệu dùng chung.
2. Phát triển hạ tầng và dữ liệu
a) Sở Khoa học và Công nghệ chủ trì xây dựng kho dữ liệu dùng chung, hoàn thành trước ngày 31 tháng 12 năm 2027.
b) Các sở, ban, ngành số hóa hồ sơ còn hiệu lực theo danh mục tại Phụ lục.
3. Phát triển nhân lực
- Học viện phối hợp biên soạn tài liệu bồi dưỡng kỹ năng số.
- Ủy ban nhân dân các phường củng cố tổ công nghệ số cộng đồng.
III. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ là cơ quan thường trực, tổng hợp tình hình thực hiện hằng tháng.
2. Sở Tài chính bảo đảm kinh phí theo khả năng cân đối ngân sách.
3. Các cơ quan báo cáo trước ngày 15 của tháng cuối quý.
Nơi nhận:
- Thường trực Hội đồng nhân dân thành phố;
- Các sở, ban, ngành;
- Lưu: VT, KGVX.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Phụ lục
NHIỆM VỤ GIAO CÁC CƠ QUAN`
};

/** Rows of the programme's appendix: TT, task, lead agency, co-ordinating agencies, product, deadline. */
export const TASK_ROWS: string[][] = [
	['TT', 'Nhiệm vụ', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Sản phẩm', 'Thời hạn'],
	['1', 'Quy chế khai thác dữ liệu dùng chung', 'Văn phòng UBND', 'Sở Tư pháp', 'Quyết định', 'Quý I/2027'],
	[
		'2',
		'Kho dữ liệu dùng chung của thành phố',
		'Sở Khoa học và Công nghệ',
		'Các sở, ban, ngành',
		'Hệ thống vận hành',
		'Tháng 12/2027'
	],
	['3', 'Bồi dưỡng kỹ năng số cho công chức', 'Sở Nội vụ', 'Học viện', 'Kế hoạch, tài liệu', 'Thường xuyên'],
	['4', 'Bố trí kinh phí chuyển đổi số', 'Sở Tài chính', 'Các cơ quan', 'Dự toán hằng năm', 'Hằng năm']
];

export const PLAN: SampleText = {
	title: 'Kế hoạch tổ chức hội thảo khoa học về kinh tế số',
	kind: 'plan',
	profile: 'party-2018',
	text: `THÀNH ỦY MẪU
BAN TỔ CHỨC HỘI THẢO
*
ĐẢNG CỘNG SẢN VIỆT NAM
Số 21-KH/BTC
Thành phố Mẫu, ngày … tháng … năm 2026
KẾ HOẠCH
tổ chức hội thảo khoa học về kinh tế số
-----
I- MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Làm rõ cơ sở khoa học của mục tiêu kinh tế số trong dự thảo Nghị quyết.
b) Tập hợp đề xuất của nhà khoa học, nhà quản lý và doanh nghiệp.
2. Yêu cầu
Tham luận có số liệu, nguồn rõ ràng; mỗi kiến nghị gắn với một điều khoản của dự thảo.
II- NỘI DUNG
1. Chủ đề: Kinh tế số thành phố đến năm 2030 - mục tiêu, điều kiện và cách đo lường.
2. Tiểu ban
- Tiểu ban 1: Dữ liệu và hạ tầng.
- Tiểu ban 2: Nhân lực và kỹ năng số.
III- THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: một ngày, trong tháng 12 năm 2026.
2. Địa điểm: điểm cầu chính tại trung tâm hội nghị thành phố và các điểm cầu phường, xã.
IV- TỔ CHỨC THỰC HIỆN
1. Ban Nội dung nhận tham luận trước hội thảo 30 ngày và gửi phản biện.
2. Văn phòng chuẩn bị hậu cần, đường truyền và tài liệu.
Nơi nhận:
- Thường trực Thành ủy;
- Các thành viên Ban Tổ chức;
- Lưu Văn phòng Thành ủy.
T/M BAN TỔ CHỨC
TRƯỞNG BAN`
};

export const NOTICE: SampleText = {
	title: 'Thông báo kết luận phiên họp thứ ba của Ban Chỉ đạo chuyển đổi số',
	kind: 'conclusion-notice',
	profile: 'party-2026',
	text: `THÀNH ỦY MẪU
BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ
*
ĐẢNG CỘNG SẢN VIỆT NAM
Số 15-TB/BCĐ
Thành phố Mẫu, ngày … tháng … năm 2026
THÔNG BÁO KẾT LUẬN
phiên họp thứ ba của Ban Chỉ đạo chuyển đổi số
-----
Ngày 12 tháng 11 năm 2026, Ban Chỉ đạo chuyển đổi số thành phố họp phiên thứ ba. Sau khi nghe báo cáo và ý kiến thảo luận, Trưởng Ban Chỉ đạo kết luận như sau:
I- ĐÁNH GIÁ CHUNG
1. Các cơ quan đã hoàn thành 18 trong 22 nhiệm vụ đến hạn.
2. Việc chia sẻ dữ liệu còn chậm; một số cơ quan chưa cử đầu mối.
II- NHIỆM VỤ TRỌNG TÂM
1. Sở Khoa học và Công nghệ hoàn thiện dự thảo Nghị quyết, gửi lấy ý kiến trong tháng 11.
2. Sở Tài chính rà soát mục tiêu chi ngân sách, báo cáo trước ngày 25.
3. Học viện chuẩn bị hội thảo khoa học, trong đó:
a) Mời chuyên gia về đo lường kinh tế số;
b) Tổng hợp kiến nghị theo từng điều của dự thảo.
III- TỔ CHỨC THỰC HIỆN
Văn phòng theo dõi, đôn đốc và báo cáo Trưởng Ban Chỉ đạo kết quả thực hiện Thông báo này.
Nơi nhận:
- Các thành viên Ban Chỉ đạo;
- Các cơ quan có tên trong Thông báo;
- Lưu Văn phòng Thành ủy.
T/L TRƯỞNG BAN CHỈ ĐẠO
CHÁNH VĂN PHÒNG`
};

export const REPORT: SampleText = {
	title: 'Báo cáo sơ kết sáu tháng thực hiện chuyển đổi số',
	kind: 'report',
	profile: 'nd30',
	text: `ỦY BAN NHÂN DÂN
THÀNH PHỐ MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: …/BC-UBND
Thành phố Mẫu, ngày … tháng … năm 2026
BÁO CÁO
Sơ kết sáu tháng thực hiện chuyển đổi số
I. KẾT QUẢ
1. Tỷ lệ hồ sơ trực tuyến đạt 71%, tăng 9 điểm phần trăm so với cùng kỳ.
2. Kho dữ liệu dùng chung đã kết nối 14 trong 20 cơ quan.
II. HẠN CHẾ, NGUYÊN NHÂN
1. Dữ liệu đất đai, hộ tịch cập nhật chậm.
2. Nhân lực công nghệ thông tin ở cấp phường còn thiếu.
III. NHIỆM VỤ SÁU THÁNG CUỐI NĂM
1. Hoàn thành kết nối 6 cơ quan còn lại.
2. Mở 12 lớp bồi dưỡng cho cấp phường.
Nơi nhận:
- Hội đồng nhân dân thành phố;
- Lưu: VT, KGVX.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH`
};
