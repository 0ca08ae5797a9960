using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;

namespace Serverless.Assets.Emulation;

/// <summary>
/// The use of an emulator by this process: a request without an end. When the process ends for any reason, the request
/// breaks, and the emulator stops if that was its last user. When the emulator ends, so does the request.
/// </summary>
internal sealed class EmulatorLease : IDisposable
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly Uri _address;
    private readonly CancellationTokenSource _broken = new();
    private readonly int _processId;
    private readonly string _file;

    private EmulatorLease(
        RunningEmulator emulator,
        string file,
        Uri address,
        HttpClient http,
        HttpResponseMessage response
    )
    {
        _file = file;
        _http = http;
        _response = response;
        _address = address;
        _processId = emulator.ProcessId;
        BaseUrl = emulator.Url;
        Ended = ReadToEndAsync();
    }

    /// <summary>The address of the emulator, such as <c>http://127.0.0.1:5005</c>.</summary>
    public string BaseUrl { get; }

    /// <summary>Completes when the emulator has ended or is about to, or when this object is disposed.</summary>
    public Task Ended { get; }

    /// <param name="dataDirectory">Full path.</param>
    /// <returns>Null if no emulator responds that uses this folder and is not about to stop.</returns>
    public static async Task<EmulatorLease?> TryTakeAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var file = Path.Combine(dataDirectory, RunningEmulator.FileName);
        if (RunningEmulator.Find(file) is not { } running)
        {
            return null;
        }

        var address = new Uri(new Uri(running.Url), $"/__emulator/leases/{running.Id}/{Guid.NewGuid():N}");
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(ResponseTimeout);
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token)
                .ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return new EmulatorLease(running, file, address, http, response);
            }

            response.Dispose();
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            // The emulator was killed.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It does not respond.
        }
        catch
        {
            http.Dispose();
            throw;
        }

        http.Dispose();
        return null;
    }

    /// <summary>Ends the lease. If it was the last one, waits until the emulator has stopped.</summary>
    /// <param name="process">The emulator if this process started it.</param>
    public void End(Process? process)
    {
        var isStopping = EndOnServer();
        if (process is not null && isStopping != false)
        {
            if (!process.WaitForExit(StopTimeout))
            {
                process.Kill();
                process.WaitForExit();
            }
        }
        else if (isStopping == true)
        {
            WaitForExit();
        }
    }

    /// <summary>Breaks the request. The emulator notices the end of the lease.</summary>
    public void Dispose()
    {
        _broken.Cancel();
        Ended.GetAwaiter().GetResult(); // a response must not be disposed while it is read
        _response.Dispose();
        _http.Dispose();
        _broken.Dispose();
    }

    private async Task ReadToEndAsync()
    {
        try
        {
            var body = await _response.Content.ReadAsStreamAsync(_broken.Token).ConfigureAwait(false);
            var buffer = new byte[1];
            while (await body.ReadAsync(buffer, _broken.Token).ConfigureAwait(false) > 0) { }
        }
        catch (Exception failure)
            when (failure is IOException or SocketException or HttpRequestException or OperationCanceledException)
        {
            // The emulator was killed, or the lease has ended here.
        }
    }

    /// <returns>Whether the emulator stops; null if it does not respond.</returns>
    private bool? EndOnServer()
    {
        try
        {
            using var timeout = new CancellationTokenSource(ResponseTimeout);
            using var request = new HttpRequestMessage(HttpMethod.Delete, _address);
            using var response = _http.Send(request, timeout.Token);
            using var document = JsonDocument.Parse(response.Content.ReadAsStream(timeout.Token));
            return document.RootElement.GetProperty("isStopping").GetBoolean();
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or SocketException
                        or HttpRequestException
                        or OperationCanceledException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }

    /// <summary>Waits for a process that another run has started.</summary>
    private void WaitForExit()
    {
        var started = Stopwatch.GetTimestamp();
        while (File.Exists(_file) && Stopwatch.GetElapsedTime(started) < StopTimeout)
        {
            Thread.Sleep(Poll);
        }

        try
        {
            using var process = Process.GetProcessById(_processId);
            process.WaitForExit(ExitTimeout); // not long: a container may never remove a process that has ended
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }
}
