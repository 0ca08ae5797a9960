using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

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

    /// <summary>What quotes a secret may write it as part of JSON, HTML or a URL.</summary>
    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_secret_is_removed_in_every_encoding(string name, string secret)
    {
        SecretRedactor.Add("someone", secret);
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes($"someone:{secret}"));
        var json = JsonEncodedText.Encode(secret).ToString();
        var relaxed = JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        string[] encoded =
        [
            secret.ToLowerInvariant(),
            secret.ToUpperInvariant(),
            Uri.EscapeDataString(secret),
            Uri.EscapeDataString(secret).ToLowerInvariant(),
            Uri.EscapeDataString(base64.TrimEnd('=')),
            Uri.EscapeDataString(header.TrimEnd('=')).ToLowerInvariant(),
            WebUtility.UrlEncode(secret),
            Uri.EscapeDataString(Uri.EscapeDataString(secret)),
            json,
            json.ToLowerInvariant(),
            relaxed,
            relaxed.Replace("/", "\\/", StringComparison.Ordinal),
            JsonEncodedText.Encode(base64.TrimEnd('=')).ToString(),
            base64.Replace("/", "\\/", StringComparison.Ordinal).TrimEnd('='),
            WebUtility.HtmlEncode(secret),
            WebUtility.HtmlEncode(secret).Replace("&#39;", "&#x27;", StringComparison.Ordinal),
            WebUtility.HtmlEncode(secret).Replace("&#39;", "&apos;", StringComparison.Ordinal),
            HtmlEncoder.Default.Encode(secret),
            WebUtility.HtmlEncode(WebUtility.HtmlEncode(secret)),
            JsonEncodedText.Encode(json).ToString(),
        ];

        Assert.All(encoded, text => Assert.Equal($"{name}: [***]", SecretRedactor.Redact($"{name}: [{text}]")));
    }

    public static TheoryData<string, string> Encodings =>
        new()
        {
            { "slashes", "p4ss/w0rd//x" },
            { "markup", "<p4ss>&\"w0rd'" },
            { "reserved", "p4ss+w0rd=%40;:,?#" },
            { "spaces", "p4ss w0rd~`^|{}[]" },
            { "backslash", @"p4ss\w0rd\/" },
            { "Base64", "p4ssw0rd>>>???~~~" },
            { "Unicode", "p4ssw\u00f6rd\u2028\U0001f511" },
        };

    /// <summary>A response has up to 1 MB.</summary>
    [Theory]
    [InlineData("\\")]
    [InlineData("&amp;")]
    [InlineData("%25")]
    [InlineData("&#0")]
    public void Long_text_takes_linear_time(string part)
    {
        SecretRedactor.Add("someone", "/p4ss&w0rd%\\");
        var text = new StringBuilder().Insert(0, part, 1024 * 1024 / part.Length).ToString();

        Assert.Equal(text, SecretRedactor.Redact(text));
    }

    /// <summary>Encodings are recognized only where a secret is.</summary>
    [Theory]
    [InlineData("50%25 of &amp; and \\u0026, %zz, &#; &nope; \\u12 100%")]
    [InlineData("C:\\folder\\user\\name")]
    [InlineData("")]
    public void Other_text_is_unchanged(string text) => Assert.Equal(text, SecretRedactor.Redact(text));

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
        _ = TwilioCredentials.AuthToken("AC00000000000000000000000000000000", TwilioCredentials.EmulatorSecret);
        SecretRedactor.AddEnvironment(name =>
            name switch
            {
                "TWILIO_ACCOUNT_SID" => "AC00000000000000000000000000000000",
                "TWILIO_AUTH_TOKEN" => TwilioCredentials.EmulatorSecret,
                _ => null,
            }
        );

        Assert.Equal("a word", SecretRedactor.Redact("a word"));
        Assert.Equal("ZS00000000000000000000000000000000", SecretRedactor.Redact("ZS00000000000000000000000000000000"));
    }
}
