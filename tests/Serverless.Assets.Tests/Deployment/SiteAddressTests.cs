using Serverless.Assets.Deployment;

namespace Serverless.Assets.Tests.Deployment;

public sealed class SiteAddressTests
{
    [Theory]
    [InlineData("site-1234-dev.twil.io", "https://site-1234-dev.twil.io/")]
    [InlineData("site-1234-dev.dublin.ie1.twil.io", "https://site-1234-dev.dublin.ie1.twil.io/")]
    [InlineData("site-1234-dev.localhost:5005", "http://site-1234-dev.localhost:5005/")]
    [InlineData("localhost", "http://localhost/")]
    [InlineData("localhost.example.com", "https://localhost.example.com/")]
    public void A_site_is_at_https_unless_it_is_on_this_machine(string domain, string address) =>
        Assert.Equal(address, SiteAddress.FromDomain(domain).AbsoluteUri);
}
