using System.Buffers.Text;
using System.Text;

namespace Serverless.Assets.Client.Tests.Credentials;

public sealed class SecretRedactorTests
{
    private const string User = "SK5ec2e75ec2e75ec2e75ec2e75ec2e75e";
    private const string Secret = "5up3r+s3cr3t/0f=th1s&t3st";

    public SecretRedactorTests() => SecretRedactor.Add(User, Secret);

    [Fact]
    public void A_secret_is_removed_in_every_form_in_which_it_is_sent()
    {
        var header = TwilioCredentials.ApiKey(User, Secret).ToHeader();

        Assert.Equal("before *** after", SecretRedactor.Redact($"before {Secret} after"));
        Assert.Equal("Authorization: Basic ***", SecretRedactor.Redact($"Authorization: {header}").TrimEnd('='));
        Assert.Equal("x=***", SecretRedactor.Redact($"x={Uri.EscapeDataString(Secret)}"));
        Assert.Equal("***", SecretRedactor.Redact(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))).TrimEnd('='));
        Assert.Equal(
            "***",
            SecretRedactor.Redact(Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{User}:{Secret}")))
        );
        Assert.Equal("*** and ***", SecretRedactor.Redact($"{Secret} and {Secret}"));
        Assert.Equal(User, SecretRedactor.Redact(User));
    }

    [Theory]
    [InlineData("http://user:pass@proxy:8080/", "http://***@proxy:8080/")]
    [InlineData("via 'https://u%40x:p%3Aw@proxy.example'", "via 'https://***@proxy.example'")]
    [InlineData("socks5://:pw@h and http://a:b@c", "socks5://***@h and http://***@c")]
    [InlineData("https://host/path:x@y", "https://host/path:x@y")]
    [InlineData("mail to a:b@example.com", "mail to a:b@example.com")]
    public void The_user_and_the_password_of_a_URL_are_removed(string text, string expected) =>
        Assert.Equal(expected, SecretRedactor.Redact(text));

    [Theory]
    [InlineData("HTTPS_PROXY", "http://someone:pr0xy-p4ssw0rd@proxy:8080")]
    [InlineData("https_proxy", "someone:pr0xy-p4ssw0rd@proxy:8080")]
    [InlineData("ALL_PROXY", "socks5://someone:pr0xy%2Dp4ssw0rd@proxy")]
    [InlineData("http_proxy", "http://some%20one:pr0xy-p4ssw0rd@proxy")]
    public void The_password_of_a_proxy_is_a_secret(string variable, string address)
    {
        SecretRedactor.AddProxies(name => name == variable ? address : null);

        Assert.Equal("password *** refused", SecretRedactor.Redact("password pr0xy-p4ssw0rd refused"));
        Assert.DoesNotContain(
            Convert.ToBase64String(Encoding.UTF8.GetBytes("pr0xy-p4ssw0rd")).TrimEnd('='),
            SecretRedactor.Redact(Convert.ToBase64String(Encoding.UTF8.GetBytes("pr0xy-p4ssw0rd"))),
            StringComparison.Ordinal
        );
    }

    /// <summary>.NET accepts these addresses, as curl does.</summary>
    [Theory]
    [InlineData("http://some:one:p4ss:w0rd@proxy:8080", "some", "one:p4ss:w0rd")]
    [InlineData("http://someone:p@ss/w0rd?#1@proxy:8080", "someone", "p@ss/w0rd?#1")]
    [InlineData("someone:p4ss \"w0rd'@proxy:8080", "someone", "p4ss \"w0rd'")]
    [InlineData("http://someone%3Ap4ss%2Fw0rd@proxy", "someone", "p4ss/w0rd")]
    [InlineData("http://someone:%zz-p4ssw0rd@proxy", "someone", "%zz-p4ssw0rd")]
    [InlineData("http://someone:sh0rt@proxy", "someone", "sh0rt")]
    [InlineData("http://someone:p4ssw0rd>>>???~~~@proxy", "someone", "p4ssw0rd>>>???~~~")]
    public void The_password_of_a_proxy_can_contain_any_character(string address, string user, string password)
    {
        SecretRedactor.AddProxies(name => name == "HTTPS_PROXY" ? address : null);
        var bytes = Encoding.UTF8.GetBytes($"{user}:{password}");

        Assert.Equal("***", SecretRedactor.Redact(Convert.ToBase64String(bytes)).TrimEnd('='));
        Assert.Equal("***", SecretRedactor.Redact(Base64Url.EncodeToString(bytes)));
        if (password.Length >= 8)
        {
            Assert.Equal("***", SecretRedactor.Redact(password));
        }
    }

    [Theory]
    [InlineData("@")]
    [InlineData("http://@proxy")]
    [InlineData("http://someone:@proxy")]
    [InlineData("://")]
    public void A_proxy_without_a_password_has_no_secret(string address)
    {
        SecretRedactor.AddProxies(name => name == "HTTPS_PROXY" ? address : null);

        Assert.Equal("someone: via proxy", SecretRedactor.Redact("someone: via proxy"));
    }

    [Fact]
    public void Words_and_the_credentials_of_the_emulator_are_not_secrets()
    {
        SecretRedactor.Add(User, "word");
        _ = TwilioCredentials.Emulator;

        Assert.Equal("a word", SecretRedactor.Redact("a word"));
        Assert.Equal("ZS00000000000000000000000000000000", SecretRedactor.Redact("ZS00000000000000000000000000000000"));
    }
}
