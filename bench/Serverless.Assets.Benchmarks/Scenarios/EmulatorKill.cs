using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// An emulator that is killed during uploads and started again, many times: every upload that it has confirmed is there
/// with the same content.
/// </summary>
internal sealed class EmulatorKill : IScenario
{
    private const int Rounds = 25;
    private const int Seed = 1;

    public string Name => "emulator-kill";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;
        try
        {
            var random = new Random(Seed);
            var confirmed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
            for (var round = 0; round < Rounds; round++)
            {
                await UploadAndKillAsync(folder, confirmed, random.Next(1, 1_000)).ConfigureAwait(false);
            }

            using var emulator = await EmulatorProcess.StartAsync(folder).ConfigureAwait(false);
            var lost = 0;
            foreach (var (version, sha256) in confirmed)
            {
                var content = await emulator.ContentAsync(version).ConfigureAwait(false);
                lost += Convert.ToHexStringLower(SHA256.HashData(content)) == sha256 ? 0 : 1;
            }

            return
            [
                Figure.AtLeast($"uploads confirmed in {Rounds} rounds", confirmed.Count, Rounds, "uploads"),
                Figure.Exactly("  of which are lost or changed", lost, 0, "uploads"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task UploadAndKillAsync(
        string folder,
        ConcurrentDictionary<string, string> confirmed,
        int uploads
    )
    {
        using var emulator = await EmulatorProcess.StartAsync(folder).ConfigureAwait(false);
        using var client = await UploadClient.CreateAsync(emulator.Address).ConfigureAwait(false);
        await client
            .UploadUntilKilledAsync(
                confirmed,
                count =>
                {
                    if (count == uploads)
                    {
                        emulator.Kill();
                    }
                }
            )
            .ConfigureAwait(false);
    }
}
