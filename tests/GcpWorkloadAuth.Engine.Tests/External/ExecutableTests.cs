using System.Globalization;
using System.Text;
using CsCheck;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.External;

/// <summary>The command and the answer of an executable source.</summary>
public sealed class ExecutableTests
{
    [Theory]
    [InlineData("/bin/x", "/bin/x")]
    [InlineData("/bin/x a  b", "/bin/x|a|b")]
    [InlineData("/bin/x \"a b\" c", "/bin/x|a b|c")]
    [InlineData("/bin/x 'a \"b' c", "/bin/x|a \"b|c")]
    [InlineData("/bin/x \"a\\\"b\"", "/bin/x|a\"b")]
    [InlineData("/bin/x \"\"", "/bin/x|")]
    [InlineData("/bin/x a\\b", "/bin/x|a\\b")]
    [InlineData("/bin/x --a=\"b c\"", "/bin/x|--a=b c")]
    [InlineData("/bin/x $(id) `id` ; id | id && id > /x", "/bin/x|$(id)|`id`|;|id|\\||id|&&|id|>|/x")]
    public void A_command_is_words_and_no_shell_reads_it(string command, string words) =>
        Assert.Equal(words.Replace("\\|", "\u0001", StringComparison.Ordinal).Split('|').Select(w => w.Replace('\u0001', '|')), ExecutableCommand.Split(command));

    [Theory]
    [InlineData("x")]
    [InlineData("./x")]
    [InlineData("../x")]
    [InlineData("~/x")]
    [InlineData("\"\"")]
    [InlineData(" ")]
    [InlineData("/x \"a")]
    [InlineData("/x 'a")]
    [InlineData("/x/y.cmd")]
    [InlineData("/x/y.BAT a")]
    [InlineData("\"/x/y.bat. \" a")]
    [InlineData("\\\\server\\share\\x.exe")]
    public void What_is_no_program_with_an_absolute_path_is_refused(string command)
    {
        FileFields executable = new FileFields(ExternalFiles.Parse(new { credential_source = new { executable = new { command } } }))
            .Object("credential_source")!.Object("executable")!;

        Fails.With("CredentialFieldInvalid", () => ExecutableCommand.From(executable));
    }

    [Theory]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"T"}""")]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:id_token","id_token":"T","expiration_time":FUTURE}""")]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:saml2","saml_response":"T","id_token":"other"}""")]
    public void An_answer_gives_its_token(string answer) => Assert.Equal("T", Read(answer).Value);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"version":2,"success":true,"token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"T"}""")]
    [InlineData("""{"version":"1","success":true,"token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"T"}""")]
    [InlineData("""{"version":1,"token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"T"}""")]
    [InlineData("""{"version":1,"success":"true","token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"T"}""")]
    [InlineData("""{"version":1,"success":true,"id_token":"T"}""")]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:other","id_token":"T"}""")]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:jwt","saml_response":"T"}""")]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:saml2","id_token":"T"}""")]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"T","expiration_time":1600000000}""")]
    [InlineData("""{"version":1,"success":true,"token_type":"urn:ietf:params:oauth:token-type:jwt","id_token":"T","expiration_time":"soon"}""")]
    [InlineData("""{"version":1,"success":false}""")]
    [InlineData("""{"version":1,"success":false,"code":"401"}""")]
    public void An_answer_against_the_rules_is_refused(string answer) => Fails.With("ExecutableAnswerInvalid", () => Read(answer));

    [Fact]
    public void A_reported_failure_is_told_without_what_looks_like_a_token()
    {
        GcpException failure = Fails.With(
            "ExecutableRefused", () => Read("""{"version":1,"success":false,"code":"401","message":"Caller not authorized\nfor eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}"""));

        Assert.Contains("401: Caller not authorized for ***", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FUTURE", true)]
    [InlineData("1600000000", false)]
    [InlineData("null", false)]
    public void Only_an_answer_with_an_end_that_lies_ahead_is_kept(string end, bool kept) =>
        Assert.Equal(kept, Parse("""{"version":1,"success":true,"expiration_time":END}""".Replace("END", end, StringComparison.Ordinal))!.IsKept);

    [Fact]
    public void Whatever_a_program_writes_is_a_token_or_one_failure() => Gen.String.Sample(
        text =>
        {
            try
            {
                ExecutableAnswer.Parse(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)))?.Read("/x");
                ExecutableCommand.Split(text);
            }
            catch (GcpException)
            {
                // That is the one.
            }
        },
        iter: 5_000);

    private static SubjectToken Read(string answer) => Parse(answer)!.Read("/x");

    private static ExecutableAnswer? Parse(string answer)
    {
        string future = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ExecutableAnswer.Parse(new ArraySegment<byte>(Encoding.UTF8.GetBytes(answer.Replace("FUTURE", future, StringComparison.Ordinal))));
    }
}
