using System.Text.Json;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>Compares what an emulator has deployed with the files of a site.</summary>
internal static class DeployedFiles
{
    /// <returns>Null if the deployed Build contains exactly the files, otherwise what is wrong.</returns>
    public static async Task<string?> FindDifferenceAsync(
        EmulatorProcess emulator,
        string service,
        IReadOnlyDictionary<string, string> expected
    )
    {
        var state = await emulator.GetAsync("/__emulator/services").ConfigureAwait(false);
        var found = state
            .GetProperty("services")
            .EnumerateArray()
            .FirstOrDefault(candidate => candidate.GetProperty("unique_name").GetString() == service);
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            return "there is no Service";
        }

        var build = found
            .GetProperty("environments")
            .EnumerateArray()
            .Select(environment => environment.GetProperty("build_sid").GetString())
            .FirstOrDefault(sid => sid is not null);
        if (build is null)
        {
            return "nothing was deployed";
        }

        var hashes = found
            .GetProperty("asset_versions")
            .EnumerateArray()
            .ToDictionary(GetSid, version => version.GetProperty("sha256").GetString()!);
        var deployed = (await emulator.GetAsync($"/v1/Services/{service}/Builds/{build}").ConfigureAwait(false))
            .GetProperty("asset_versions")
            .EnumerateArray()
            .ToLookup(version => version.GetProperty("path").GetString()!, GetSid);
        var wrong = expected.Count(file =>
            !deployed[file.Key].Any(sid => hashes.TryGetValue(sid, out var hash) && hash == file.Value)
        );
        return wrong == 0 ? null : $"{wrong} of {expected.Count} files are missing or wrong on the site";
    }

    private static string GetSid(JsonElement version) => version.GetProperty("sid").GetString()!;
}
