using System.Net;
using System.Text.Json;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>
/// A Build counts as deployed when the Environment shows it, whatever the response to the Deployment says.
/// </summary>
public sealed class ConfirmedDeploymentTests : DeploymentTest
{
    private const string Conflict =
        """{ "code": 20409, "message": "Another deployment is in progress", "status": 409 }""";

    [Fact]
    public async Task A_conflict_while_the_earlier_Build_is_live_is_retried()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var requests = 0;
        Replace(
            HttpMethod.Post,
            "/Deployments",
            () => ++requests <= 3 ? StubHandler.Json(Conflict, HttpStatusCode.Conflict) : null
        );

        var live = await DeployAsync();

        Assert.Equal(4, requests);
        Assert.Equal([before.BuildSid, live.BuildSid], await GetDeployedBuildsAsync());
        Assert.Equal("200 second", await VisitAsync("/a.txt"));
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("rollback")]
    [InlineData("promote")]
    public async Task A_conflict_that_persists_is_an_error_and_no_record_is_written(string operation)
    {
        var (before, run) = await PrepareAsync(operation);
        Replace(HttpMethod.Post, "/Deployments", () => StubHandler.Json(Conflict, HttpStatusCode.Conflict));

        var failure = await Assert.ThrowsAsync<AssetException>(() => run(Cancellation));

        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB4008", null, "to dev: Another deployment is in progress");
        Assert.Equal(before, await GetLiveBuildAsync());
        Assert.Equal(before, ReadRecordedBuild());
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("rollback")]
    [InlineData("promote")]
    public async Task An_accepted_Deployment_that_never_becomes_live_is_an_error_and_no_record_is_written(
        string operation
    )
    {
        var (before, run) = await PrepareAsync(operation);
        var environment = JsonSerializer.Serialize(await FindEnvironmentAsync());
        Replace(HttpMethod.Get, $"/{(await FindEnvironmentAsync())!.Value.Sid()}", () => StubHandler.Json(environment));

        var failure = await Assert.ThrowsAsync<AssetException>(() => run(Cancellation));

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4021",
            null,
            "The service accepted the deployment of Build ZB",
            $"to dev, but after 60 seconds {before} is still live there"
        );
        Assert.Equal(before, ReadRecordedBuild());
    }

    [Fact]
    public async Task A_Deployment_that_becomes_live_after_some_seconds_is_waited_for()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var environment = JsonSerializer.Serialize(await FindEnvironmentAsync());
        var fetched = 0;
        Replace(
            HttpMethod.Get,
            $"/{(await FindEnvironmentAsync())!.Value.Sid()}",
            () => ++fetched <= 6 ? StubHandler.Json(environment) : null
        );

        var live = await DeployAsync();

        Assert.Equal(7, fetched);
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task A_created_Deployment_that_names_another_Build_is_not_believed()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var environment = (await FindEnvironmentAsync())!.Value.Sid();
        var deployment = (await Emulator.GetAsync($"{Service}/Environments/{environment}/Deployments"))
            .GetProperty("deployments")[0]
            .GetRawText();
        Replace(HttpMethod.Post, "/Deployments", () => StubHandler.Json(deployment, HttpStatusCode.Created));

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB3007",
            null,
            "the response is not about the requested resource: build_sid is"
        );
        Assert.Equal(before.BuildSid, await GetLiveBuildAsync());
        Assert.Equal(before.BuildSid, ReadRecordedBuild());
    }

    private void Replace(HttpMethod method, string pathEnd, Func<HttpResponseMessage?> respond) =>
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == method && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal)
                    ? respond()
                    : null
            );
}
