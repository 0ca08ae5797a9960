using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Serverless.Assets.Benchmarks;

/// <summary>Runs an emulator in a separate process, and reads its statistics.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private EmulatorProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String("AC00000000000000000000000000000000:any"u8)
        );
    }

    public Uri Address { get; }

    /// <param name="folder">
    /// The data folder. By default there is none: writing files, the emulator would need a fifth of the time of a request
    /// itself.
    /// </param>
    public static async Task<EmulatorProcess> StartAsync(string? folder = null)
    {
        var assembly = typeof(EmulatorProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "EmulatorAssembly")
            .Value!;
        var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [assembly, "--until-input-closes", .. folder is null ? (string[])["--in-memory"] : ["--data", folder]]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return new EmulatorProcess(process, new Uri(line!["listening on ".Length..]));
    }

    /// <param name="faults">The emulator's fault settings as JSON.</param>
    public async Task SetFaultsAsync(string faults)
    {
        using var content = new StringContent(faults, Encoding.UTF8, "application/json");
        (
            await _http.PutAsync(new Uri("/__emulator/faults", UriKind.Relative), content).ConfigureAwait(false)
        ).EnsureSuccessStatusCode();
    }

    public Task<JsonElement> StatsAsync() => _http.GetFromJsonAsync<JsonElement>("/__emulator/stats");

    public async Task ResetStatsAsync() =>
        (
            await _http.PostAsync(new Uri("/__emulator/stats/reset", UriKind.Relative), null).ConfigureAwait(false)
        ).EnsureSuccessStatusCode();

    public Task<JsonElement> GetAsync(string address) => _http.GetFromJsonAsync<JsonElement>(address);

    public async Task DeleteAsync(string address) =>
        (await _http.DeleteAsync(new Uri(address, UriKind.Relative)).ConfigureAwait(false)).EnsureSuccessStatusCode();

    public async Task DeleteIfExistsAsync(string address) =>
        (await _http.DeleteAsync(new Uri(address, UriKind.Relative)).ConfigureAwait(false)).Dispose();

    public async Task<JsonElement> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        return await PostAsync(address, form).ConfigureAwait(false);
    }

    /// <summary>Creates a public version of an Asset.</summary>
    /// <returns>The SID of the version.</returns>
    public async Task<string> UploadAsync(string asset, string path, byte[] content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(path), "Path" },
            { new StringContent("public"), "Visibility" },
            { new ByteArrayContent(content), "Content", "content" },
        };
        var version = await PostAsync($"/v1/Services/bench/Assets/{asset}/Versions", form).ConfigureAwait(false);
        return version.GetProperty("sid").GetString()!;
    }

    private async Task<JsonElement> PostAsync(string address, HttpContent content)
    {
        using var response = (
            await _http.PostAsync(new Uri(address, UriKind.Relative), content).ConfigureAwait(false)
        ).EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
    }

    public Task<byte[]> ContentAsync(string assetVersionSid) =>
        _http.GetByteArrayAsync(new Uri($"/__emulator/versions/{assetVersionSid}/content", UriKind.Relative));

    /// <returns>The physical memory of the process in MB.</returns>
    public double GetMemory()
    {
        _process.Refresh();
        return _process.WorkingSet64 / (1024.0 * 1024.0);
    }

    /// <returns>The largest physical memory of the process since its start, in MB.</returns>
    public double GetPeakMemory()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }

    /// <summary>Ends the process without giving it the time to complete anything.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
