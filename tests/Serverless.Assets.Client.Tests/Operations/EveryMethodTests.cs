using System.Net;
using System.Reflection;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>What is true of every public method of the client, including those that are added later.</summary>
public sealed class EveryMethodTests : EmulatorTest
{
    public static TheoryData<string> Methods => ClientMethod.Names;

    /// <summary>A method and its parameter.</summary>
    public static TheoryData<string, string> Sids =>
        FindParameters(parameter => ClientMethod.FindKind(parameter) is not null);

    public static TheoryData<string, string> Services =>
        FindParameters(parameter => parameter.ParameterType == typeof(string) && parameter.Name == "service");

    /// <summary>Those that are references and must not be null.</summary>
    public static TheoryData<string, string> References =>
        FindParameters(parameter =>
            !parameter.ParameterType.IsValueType
            && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull
        );

    [Fact]
    public void There_are_all_methods() => Assert.True(ClientMethod.All.Count >= 50, $"found {ClientMethod.All.Count}");

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_CancellationToken_comes_last_and_is_optional(string method)
    {
        var found = ClientMethod.Find(method);

        var last = found.Parameters[^1];
        Assert.EndsWith("Async", found.Method.Name, StringComparison.Ordinal);
        Assert.Equal(
            (typeof(CancellationToken), "cancellationToken", true),
            (last.ParameterType, last.Name, last.HasDefaultValue)
        );
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_canceled_token_is_honored(string method)
    {
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ClientMethod.Find(method).InvokeAsync(Client, Service, caller.Token)
        );

        Assert.Equal(caller.Token, canceled.CancellationToken);
        Assert.Equal(0, Sent);
    }

    [Theory]
    [MemberData(nameof(Sids))]
    public async Task A_SID_of_another_kind_is_not_valid(string method, string parameter)
    {
        var found = ClientMethod.Find(method);
        var kind = ClientMethod.FindKind(found.Parameters.Single(candidate => candidate.Name == parameter))!;

        foreach (var other in SidKind.All.Where(other => other != kind))
        {
            await AssertInvalidAsync(found, parameter, ClientMethod.CreateSid(other));
        }

        await AssertInvalidAsync(found, parameter, default(Sid));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_Service_is_a_SID_of_a_Service_or_a_name(string method, string parameter)
    {
        var found = ClientMethod.Find(method);

        foreach (var other in SidKind.All.Where(other => other != SidKind.Service))
        {
            await AssertInvalidAsync(found, parameter, ClientMethod.CreateSid(other).ToString());
        }

        foreach (var invalid in new[] { "", " ", ".", ".." })
        {
            await AssertInvalidAsync(found, parameter, invalid);
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public Task Null_is_not_valid(string method, string parameter) =>
        AssertInvalidAsync(ClientMethod.Find(method), parameter, value: null);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Build_contains_versions_only(bool isFunction)
    {
        IReadOnlyList<Sid> versions = [ClientMethod.CreateSid(SidKind.Version), ClientMethod.CreateSid(SidKind.Asset)];
        var contents = isFunction
            ? new BuildContents { AssetVersions = [], FunctionVersions = versions }
            : new BuildContents { AssetVersions = versions };

        await Assert.ThrowsAsync<ArgumentException>(() => Client.Builds.CreateAsync(Service, contents, Cancellation));

        Assert.Equal(0, Sent);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task What_does_not_exist_is_404_and_20404_or_not_found(string method)
    {
        var found = ClientMethod.Find(method);
        var hasSid = found.Parameters.Any(parameter => ClientMethod.FindKind(parameter) is not null);
        var call = found.InvokeAsync(Client, hasSid ? Service : ClientMethod.CreateSid(SidKind.Service), Cancellation);

        if (
            found.Method.Name is "DeleteAsync"
            || (found.Method.Name is "FindAsync" && found.Operations.Name != "Environments")
            || found.Parameters.All(parameter => parameter.Name != "service")
        )
        {
            await call;
        }
        else if (found.Operations.Name == "Builds" && found.Method.Name == "CreateAsync")
        {
            var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => call);
            Assert.Equal((HttpStatusCode.NotFound, 20404), (failure.Status, failure.Code));
        }
        else
        {
            var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => call);
            Assert.Equal((HttpStatusCode.NotFound, 20404, false), (failure.Status, failure.Code, failure.WasProcessed));
            Assert.Equal(1, Sent);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Wrong_credentials_are_401_and_20003_without_a_retry(string method)
    {
        await using var emulator = await TestEmulator.StartAsync(
            new ManualClock(),
            configure: options => options with { InMemory = true, Credentials = $"{TestCredentials.ApiKey}:another" },
            folder: ""
        );
        var client = CreateClient(options => options.ApiBaseUrl = options.UploadBaseUrl = emulator.Server.BaseAddress);

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            ClientMethod.Find(method).InvokeAsync(client, Service, Cancellation)
        );

        Assert.Equal((HttpStatusCode.Unauthorized, 20003, false), (failure.Status, failure.Code, failure.WasProcessed));
        Assert.Equal(1, Sent);
    }

    /// <summary>Reports and traces name the operations as the emulator does: resource and action.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Telemetry_names_the_operation(string method)
    {
        using var listener = new TelemetryListener();
        var found = ClientMethod.Find(method);

        await Record.ExceptionAsync(() => found.InvokeAsync(Client, Service, Cancellation));

        var operations = listener.Spans.Select(span => span.GetTagItem("serverless_assets.operation"));
        Assert.Equal(
            Requests.Select(request => request.Operation.Replace("BuildStatus.Fetch", "Build.FetchStatus")),
            operations
        );
        Assert.NotEmpty(Requests);
        Assert.All(
            listener.Spans,
            span => Assert.DoesNotMatch("[A-Z]{2}[0-9a-f]{32}", $"{span.GetTagItem("url.template")}")
        );
    }

    private static TheoryData<string, string> FindParameters(Func<ParameterInfo, bool> selects)
    {
        var data = new TheoryData<string, string>();
        foreach (var method in ClientMethod.All)
        {
            foreach (var parameter in method.Parameters.Where(selects))
            {
                data.Add(method.Name, parameter.Name!);
            }
        }

        return data;
    }

    private async Task AssertInvalidAsync(ClientMethod method, string parameter, object? value)
    {
        var failure = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            method.InvokeAsync(
                Client,
                Service,
                Cancellation,
                replaced => replaced.Name == parameter ? new ClientMethod.Argument(value) : null
            )
        );
        Assert.Equal(parameter, failure.ParamName);
        Assert.Equal(0, Sent);
    }
}
