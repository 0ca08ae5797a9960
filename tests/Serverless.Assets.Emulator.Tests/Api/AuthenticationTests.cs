using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class AuthenticationTests
{
    private const string Key = "SKABCDEF6789abcdef0123456789abcdef";

    [Theory]
    [InlineData(null)]
    [InlineData("Basic !!!")]
    [InlineData("Bearer QUM6eA==")]
    [InlineData("AC0123456789abcdef0123456789abcdef")]
    [InlineData("AC0123456789abcdef0123456789abcdef:")]
    [InlineData("AC0123456789abcdef0123456789abcde:short")]
    [InlineData("AC0123456789abcdef0123456789abcdeg:nothex")]
    [InlineData("ZS0123456789abcdef0123456789abcdef:service")]
    public async Task Other_users_are_refused(string? given)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var header = given is null || given.Contains(' ') ? given : Basic(given);
        var answer = await emulator.Api.SendAsync(
            HttpMethod.Get,
            "/v1/Services",
            null,
            request =>
            {
                request.Headers.Authorization = null;
                request.Headers.TryAddWithoutValidation("Authorization", header);
            }
        );

        answer.Refused(401, 20003, "Authenticate");
    }

    [Theory]
    [InlineData("AC0123456789ABCDEF0123456789abcdef", "AC0123456789ABCDEF0123456789abcdef")]
    [InlineData(Key, "AC00000000000000000000000000000000")]
    public async Task The_account_is_that_of_the_user(string user, string account)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var api = new ApiClient(emulator.Server.BaseAddress, $"{user}:any:thing");

        Assert.Equal(account, (await api.CreateServiceAsync()).Text("account_sid"));
    }

    [Theory]
    [InlineData("me:se:cret", 200)]
    [InlineData("me:other", 401)]
    [InlineData($"{Key}:secret", 401)]
    public async Task Given_credentials_are_the_only_ones(string credentials, int status)
    {
        await using var emulator = await TestEmulator.StartAsync(configure: options =>
            options with
            {
                Credentials = "me:se:cret",
            }
        );
        using var api = new ApiClient(emulator.Server.BaseAddress, credentials);

        Assert.Equal(status, (await api.GetAsync("/v1/Services")).Status);
    }

    [Theory]
    [InlineData("/v1/Services")]
    [InlineData("/v1/Nothing/Here")]
    public async Task Every_response_has_a_request_ID(string address)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var first = (await emulator.Api.GetAsync(address)).Headers["Twilio-Request-Id"];
        var second = (await emulator.Api.GetAsync(address)).Headers["Twilio-Request-Id"];

        Assert.Matches(new Regex("^RQ[0-9a-f]{32}$"), first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task An_unknown_address_is_not_found()
    {
        await using var emulator = await TestEmulator.StartAsync();

        (await emulator.Api.GetAsync("/v1/Nothing/Here")).Refused(
            404,
            20404,
            "The requested resource /v1/Nothing/Here was not found"
        );
    }

    private static string Basic(string credentials) =>
        "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials));
}
