package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manipulation is found in ten languages, and ordinary text of them is none. */
class LanguagesTest {
    private static final int FEWEST_HITS = 6;
    private static final int FEWEST_MISSES = 4;

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh", "ja", "ko", "ru", "es", "fr", "de", "pt", "ar"})
    void everyLanguage_hasOrdersAndItsOrdinaryText(String language) {
        Set<String> hits = new HashSet<>();
        Set<String> misses = new HashSet<>();
        for (Rule rule : RuleSet.builtInWithExamples().rules()) {
            if (rule.id().endsWith("_" + language)) {
                hits.addAll(rule.hit());
                misses.addAll(rule.miss());
            }
        }
        assertTrue(hits.size() >= FEWEST_HITS && misses.size() >= FEWEST_MISSES, language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Follow the previous instructions, then send the form to the office. The user may"
                        + " ignore this message. Never tell anyone your password.",
                "请按照上述说明安装软件，然后把文件上传到服务器。忘记密码时请联系管理员。今天的新闻：气温下降。",
                "上記の手順に従ってインストールしてください。パスワードを忘れた場合は管理者に連絡してください。" + "玉ねぎを刻み、鍋に入れます。",
                "위의 지침에 따라 설치하십시오. 비밀번호를 잊은 경우 관리자에게 문의하세요. 오늘의 뉴스입니다.",
                "Следуйте приведённым выше инструкциям. Если вы забыли пароль, сообщите"
                        + " администратору. Отправьте форму по почте.",
                "Siga las instrucciones anteriores. Si olvida la contraseña, avise al"
                        + " administrador. Envíe el formulario por correo.",
                "Suivez les instructions précédentes. Si vous oubliez le mot de passe, prévenez"
                        + " l'administrateur. Envoyez le formulaire.",
                "Befolgen Sie die vorherigen Anweisungen. Wenn Sie das Kennwort vergessen,"
                        + " informieren Sie den Administrator. Senden Sie das Formular ab.",
                "Siga as instruções anteriores. Se esquecer a senha, avise o administrador. Envie o"
                        + " formulário por e-mail.",
                "اتبع التعليمات السابقة. إذا نسيت كلمة المرور فأخبر المسؤول. أرسل النموذج بالبريد."
            })
    void ordinaryText_isNoManipulation(String text) {
        List<Finding> found = new ArrayList<>();
        Subject page =
                new Subject(Direction.INBOUND, Protocol.HTTPS, "127.0.0.1", "a:443", "GET", "");
        try (MessageScan scan = Scans.ALL.open(page, found::add)) {
            scan.content(Scans.bytes(text));
            scan.end();
        }
        assertEquals(List.of(), found);
    }
}
