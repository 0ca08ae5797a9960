using Microsoft.AspNetCore.Http;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>The emulator is reset again and again while it answers hostile and ordinary requests.</summary>
public sealed class ResetFuzzTests
{
    private const int Seed = 20261129;
    private const int Count = 2_000;

    /// <summary>One in so many requests is a reset. As often, someone tries to deploy a site and to read it.</summary>
    private const int Interval = 25;

    [Fact]
    public async Task A_reset_during_other_requests_breaks_none_of_them_and_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        HostileTraffic? traffic = null;
        await using (
            var emulator = await TestEmulator.StartAsync(
                configure: options => options with { KeepsRequests = false, Middleware = ObserveAsync },
                folder: folder.Path
            )
        )
        {
            traffic = new HostileTraffic(Seed, emulator.Port);
            var requests = new HostileRequests(Seed, emulator.Port, await HostileTargets.DeployAsync(emulator.Api));
            var deploying = 0;
            var deployments = Task.CompletedTask;

            await traffic.SendAsync(Create, 0, Count);
            await deployments.WithinAsync("the last deployment");

            traffic.AssertNoProblems();
            await emulator.Api.SendAsync(HttpMethod.Post, "/reset");
            Assert.Empty(folder.Files("content"));
            var targets = await HostileTargets.DeployAsync(emulator.Api);
            Assert.Equal(200, (await emulator.Api.SiteAsync(targets.Domain, "/a.txt")).Status);

            HostileRequest Create(int number)
            {
                if (number % Interval == 1 && Interlocked.Exchange(ref deploying, 1) == 0)
                {
                    deployments = DeployAsync();
                }

                return number % Interval == 0 ? requests.CreateReset(number) : requests.Create(number);
            }

            async Task DeployAsync()
            {
                try
                {
                    var targets = await HostileTargets.DeployAsync(emulator.Api);
                    requests = new HostileRequests(Seed, emulator.Port, targets);
                    await emulator.Api.SiteAsync(targets.Domain, "/a.txt");
                }
                catch (Xunit.Sdk.XunitException)
                {
                    // A reset has deleted what it had created, or there is such a Service; the middleware reports failures.
                }
                finally
                {
                    Volatile.Write(ref deploying, 0);
                }
            }
        }

        async Task ObserveAsync(HttpContext context, Func<Task> next)
        {
            await next();
            if (HostileTraffic.IsFailure(context.Response.StatusCode))
            {
                traffic?.Report($"{context.Response.StatusCode} for {context.Request.Method} {context.Request.Path}");
            }
        }
    }
}
