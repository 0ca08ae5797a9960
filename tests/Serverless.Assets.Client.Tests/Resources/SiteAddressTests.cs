namespace Serverless.Assets.Client.Tests.Resources;

public sealed class SiteAddressTests
{
    [Theory]
    [InlineData("site-1234-dev.twil.io", "https://site-1234-dev.twil.io/")]
    [InlineData("site-1234-dev.dublin.ie1.twil.io", "https://site-1234-dev.dublin.ie1.twil.io/")]
    [InlineData("site-1234-dev.localhost:5005", "http://site-1234-dev.localhost:5005/")]
    [InlineData("localhost", "http://localhost/")]
    [InlineData("localhost.example.com", "https://localhost.example.com/")]
    public void A_site_is_at_https_unless_it_is_on_this_machine(string domain, string address)
    {
        var site = SiteAddress.Parse(domain);

        Assert.Equal((domain, address), (site.Domain, site.Url.AbsoluteUri));
        Assert.Equal(site, SiteAddress.Parse(domain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("evil.com/")]
    [InlineData("evil.com/path")]
    [InlineData("127.0.0.1:1/x?")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("user@site.twil.io")]
    [InlineData("site.twil.io:443")]
    [InlineData("site.twil.io\n")]
    [InlineData("site.twil.io ")]
    [InlineData("site..twil.io")]
    [InlineData(".twil.io")]
    [InlineData("twil.io.")]
    [InlineData("-site.twil.io")]
    [InlineData("site-.twil.io")]
    [InlineData("süd.twil.io")]
    [InlineData("site%2etwil.io")]
    [InlineData("site.localhost:0")]
    [InlineData("site.localhost:65536")]
    [InlineData("site.localhost:")]
    public void A_string_that_is_not_the_domain_of_a_site_is_refused(string? domain)
    {
        Assert.False(SiteAddress.TryParse(domain, out var address));
        Assert.Null(address);
        Assert.Throws<FormatException>(() => SiteAddress.Parse(domain!));
    }

    [Fact]
    public void A_host_name_has_labels_of_63_and_253_characters_at_most()
    {
        var label = new string('a', 63);

        Assert.True(SiteAddress.TryParse($"{label}.{label}.{label}.{label[..61]}", out _));
        Assert.False(SiteAddress.TryParse($"{label}.{label}.{label}.{label[..62]}", out _));
        Assert.False(SiteAddress.TryParse($"{label}a.twil.io", out _));
    }
}
