using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Emulator.Tests.Sites;

public sealed class SignatureTests
{
    [Theory]
    [InlineData(null, "00000000000000000000000000000000", 200)]
    [InlineData("my token", "my token", 200)]
    [InlineData("my token", "00000000000000000000000000000000", 403)]
    public async Task A_protected_file_is_served_to_a_client_with_the_token(string? given, string used, int status)
    {
        await using var site = await DeployedSite.StartAsync(configure: options => options with { AuthToken = given });
        await site.DeployAsync(("/m.txt", "members", "protected"));

        var answer = await site.GetAsync("/m.txt?a=1", Sign(used, $"http://{site.Domain}/m.txt?a=1"));

        Assert.Equal(status, answer.Status);
        Assert.StartsWith(status == 200 ? "members" : "Forbidden: ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_the_given_credentials_is_the_token()
    {
        await using var site = await DeployedSite.StartAsync(configure: options =>
            options with
            {
                Credentials = $"{ApiClient.Account}:secret",
            }
        );
        await site.DeployAsync(("/m.txt", "members", "protected"));

        Assert.Equal(200, (await site.GetAsync("/m.txt", Sign("secret", $"http://{site.Domain}/m.txt"))).Status);
    }

    [Fact]
    public async Task A_signature_is_good_for_its_own_address_only()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/m.txt", "members", "protected"));

        var signature = Sign(ServerlessEmulatorOptions.DefaultAuthToken, $"http://{site.Domain}/m.txt");

        Assert.Equal(403, (await site.GetAsync("/m.txt?x", signature)).Status);
        Assert.Equal(403, (await site.GetAsync("/m.txt", signature + "x")).Status);
    }

    [Fact]
    public async Task The_parameters_of_a_post_are_signed_sorted_by_name()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/m.txt", "members", "protected"));

        var url = $"http://{site.Domain}/m.txt";
        var sorted = Sign(ServerlessEmulatorOptions.DefaultAuthToken, url + "Digits12From+1");
        var unsorted = Sign(ServerlessEmulatorOptions.DefaultAuthToken, url + "From+1Digits12");

        Assert.Equal(200, (await PostAsync(site, sorted)).Status);
        Assert.Equal(403, (await PostAsync(site, unsorted)).Status);
        Assert.Equal(403, (await PostAsync(site, Sign(ServerlessEmulatorOptions.DefaultAuthToken, url))).Status);
    }

    private static Task<ApiResult> PostAsync(DeployedSite site, string signature) =>
        site.Emulator.Api.SiteAsync(
            site.Domain,
            "/m.txt",
            HttpMethod.Post,
            ApiClient.Form(("From", "+1"), ("Digits", "12")),
            signature
        );

    private static string Sign(string token, string text)
    {
#pragma warning disable CA5350 // The service signs with SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
