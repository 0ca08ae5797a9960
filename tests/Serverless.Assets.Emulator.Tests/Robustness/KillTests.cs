using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>The emulator's program is killed while it stores uploads.</summary>
public sealed class KillTests
{
    private const int Seed = 7;
    private const int Rounds = 4;
    private const int Clients = 8;

    /// <summary>A round ends after up to so many uploads.</summary>
    private const int MaxUploads = 120;

    [Fact]
    public async Task Every_upload_that_was_confirmed_survives_a_kill()
    {
        using var folder = new TempFolder();
        var random = new Random(Seed);
        var confirmed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal); // version to SHA-256
        for (var round = 0; round < Rounds; round++)
        {
            using var process = ChildProcess.Start(
                DotNet.Host,
                [typeof(ServerlessEmulator).Assembly.Location, "--data", folder.Path],
                folder.Path
            );
            var line = await process.ReadLineAsync();
            Assert.StartsWith("listening on ", line, StringComparison.Ordinal);
            using var api = new ApiClient(new Uri(line!["listening on ".Length..]));
            if (round == 0)
            {
                await api.CreateServiceAsync();
            }

            await AssertCompleteAsync(api, confirmed);
            var asset = await api.CreateAssetAsync("shop");
            var uploading = UploadUntilKilledAsync(api, asset, round, confirmed, random.Next(1, MaxUploads), process);
            await uploading.WithinAsync("the end of the uploads", Deadline.Build);
        }

        await using var last = await TestEmulator.StartAsync(folder: folder.Path);
        await AssertCompleteAsync(last.Api, confirmed);
        Assert.InRange(confirmed.Count, Rounds, int.MaxValue);
        Assert.Empty(folder.Files("content/incoming"));
    }

    /// <summary>Uploads small and large files until the program has been killed.</summary>
    private static async Task UploadUntilKilledAsync(
        ApiClient api,
        string asset,
        int round,
        ConcurrentDictionary<string, string> confirmed,
        int uploads,
        ChildProcess process
    )
    {
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(UploadAsync));

        async Task UploadAsync(int client)
        {
            var random = new Random(HashCode(round, client));
            try
            {
                while (true)
                {
                    var content = new byte[random.Next(4) == 0 ? random.Next(65_000, 400_000) : random.Next(1, 5_000)];
                    random.NextBytes(content);
                    var answer = await api.UploadAsync("shop", asset, "/a", "public", content);
                    confirmed[answer.Created().Sid()] = Convert.ToHexStringLower(SHA256.HashData(content));
                    if (Interlocked.Increment(ref count) == uploads)
                    {
                        await process.KillAsync(); // while the other clients are sending
                    }
                }
            }
            catch (HttpRequestException) when (count >= uploads)
            {
                // The program has been killed.
            }
        }
    }

    private static int HashCode(int round, int client) => (Seed * 10_000) + (round * 100) + client;

    private static async Task AssertCompleteAsync(ApiClient api, ConcurrentDictionary<string, string> confirmed)
    {
        foreach (var (version, sha256) in confirmed)
        {
            var content = await api.GetAsync($"/__emulator/versions/{version}/content");
            Assert.Equal((200, sha256), (content.Status, Convert.ToHexStringLower(SHA256.HashData(content.Body))));
        }
    }
}
