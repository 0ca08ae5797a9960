using System.Text.Json;

namespace Serverless.Assets.Client.Tests.Resources;

public sealed class SidTests
{
    private const string Digits = "0123456789abcdefABCDEF0123456789";

    [Fact]
    public void A_SID_is_the_prefix_of_its_kind_and_32_hexadecimal_digits()
    {
        Assert.Equal($"ZS{Digits}", Sid.Parse($"ZS{Digits}", SidKind.Service).ToString());
        Assert.True(Sid.TryParse($"ZB{Digits}", SidKind.Build, out var build));
        Assert.Equal($"ZB{Digits}", build);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("my-site")]
    [InlineData("ZB" + Digits)]
    [InlineData("zs" + Digits)]
    [InlineData("ZS" + Digits + "0")]
    [InlineData("ZS0123456789abcdefABCDEF012345678")]
    [InlineData("ZS0123456789abcdefABCDEF012345678g")]
    [InlineData(" ZS" + Digits)]
    public void Everything_else_is_rejected(string? text)
    {
        Assert.False(Sid.IsValid(text, SidKind.Service));
        Assert.False(Sid.TryParse(text, SidKind.Service, out var sid));
        Assert.Equal("", sid.ToString());
        Assert.Equal(
            $"'{text}' is not the SID of a Service (ZS followed by 32 hexadecimal digits)",
            Assert.Throws<FormatException>(() => Sid.Parse(text, SidKind.Service)).Message
        );
    }

    [Fact]
    public void The_case_of_the_digits_does_not_distinguish_SIDs()
    {
        var sid = Sid.Parse($"ZH{Digits}", SidKind.Asset);
        var same = Sid.Parse($"ZH{Digits.ToUpperInvariant()}", SidKind.Asset);

        Assert.Equal(sid, same);
        Assert.Equal(sid.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(sid, Sid.Parse($"ZN{Digits}", SidKind.Version));
    }

    [Fact]
    public void A_SID_is_a_string_in_JSON()
    {
        var json = JsonSerializer.Serialize(new[] { Sid.Parse($"ZH{Digits}"), Sid.Parse($"ZS{Digits}") });

        Assert.Equal($"[\"ZH{Digits}\",\"ZS{Digits}\"]", json);
        Assert.Equal(SidKind.Service, SidKind.All.Single(JsonSerializer.Deserialize<Sid[]>(json)![1].Is));
        Assert.Throws<FormatException>(() => JsonSerializer.Deserialize<Sid>($"\"XX{Digits}\""));
    }
}
