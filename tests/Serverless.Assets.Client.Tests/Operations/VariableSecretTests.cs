using System.Text.Json;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>A Variable can hold the very secret that the client uses: the caller gets it, and no text shows it.</summary>
public sealed class VariableSecretTests : EmulatorTest
{
    [Fact]
    public async Task The_value_is_returned_unchanged()
    {
        var created = await Client.Variables.CreateAsync(
            Service,
            Environment,
            "TOKEN",
            TestCredentials.Secret,
            Cancellation
        );

        Assert.Equal(TestCredentials.Secret, created.Value);
        Assert.Equal(created, await Client.Variables.FetchAsync(Service, Environment, created.Sid, Cancellation));
        Assert.Equal(
            created,
            await Client
                .Variables.ListAsync(Service, Environment, cancellationToken: Cancellation)
                .SingleAsync(Cancellation)
        );
        Assert.Equal(
            created,
            await Client.Variables.SetAsync(Service, Environment, "TOKEN", TestCredentials.Secret, Cancellation)
        );
        Assert.DoesNotContain(Requests, request => request.Operation == "Variable.Update");
    }

    [Fact]
    public async Task The_text_of_a_Variable_has_no_value()
    {
        var created = await Client.Variables.CreateAsync(Service, Environment, "TOKEN", "the-value", Cancellation);

        Assert.Equal(
            $"VariableResource {{ Sid = {created.Sid}, EnvironmentSid = {Environment}, Key = TOKEN, "
                + $"DateCreated = {created.DateCreated:O} }}",
            created.ToString()
        );
    }

    [Fact]
    public async Task All_other_texts_stay_redacted()
    {
        await Emulator.Api.CreateVariableAsync(Service, Environment, $"KEY-{TestCredentials.Secret}", "the-value");
        await Emulator.Api.CreateAssetAsync(Service, $"/{TestCredentials.Secret}");

        var variable = await Client
            .Variables.ListAsync(Service, Environment, cancellationToken: Cancellation)
            .SingleAsync(Cancellation);
        var assets = await Client.Assets.ListAllAsync(Service, Cancellation);

        Assert.Equal(("KEY-***", "the-value"), (variable.Key, variable.Value));
        Assert.Equal(["/***", "/a.txt"], assets.Select(asset => asset.FriendlyName));
        Assert.DoesNotContain(TestCredentials.Secret, JsonSerializer.Serialize(assets), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(450, true)]
    [InlineData(451, false)]
    public async Task The_length_of_a_value_is_counted_in_bytes(int bytes, bool isValid)
    {
        var value = new string('ü', 225) + new string('x', bytes - 450);
        var failure = await Record.ExceptionAsync(() =>
            Client.Variables.SetAsync(Service, Environment, "KEY", value, Cancellation)
        );

        Assert.Equal(isValid, failure is null);
        Assert.Equal(isValid ? 2 : 0, Sent);
        Assert.DoesNotContain(value, $"{failure}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("value")]
    public async Task Text_that_is_not_Unicode_is_not_valid(string parameter)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() =>
            Client.Variables.CreateAsync(
                Service,
                Environment,
                parameter == "key" ? "\ud800" : "KEY",
                parameter == "value" ? "secret\udc00" : "",
                Cancellation
            )
        );

        Assert.Equal(parameter, failure.ParamName);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, Sent);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Client.Assets.CreateAsync(Service, "/\ud800.txt", Cancellation)
        );
    }
}
