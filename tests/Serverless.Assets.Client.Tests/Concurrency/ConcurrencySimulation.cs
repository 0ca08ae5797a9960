namespace Serverless.Assets.Client.Tests.Concurrency;

/// <summary>
/// Uploads files to a <see cref="SimulatedService"/> on a virtual clock: for each file, a request creates an Asset, and
/// the next one sends content. One or more processes take part, each with an <see cref="AdaptiveConcurrency"/>. The
/// network delays each request by up to 1 ms, so that the service receives them in another order.
/// </summary>
internal sealed class ConcurrencySimulation
{
    private const double FirstRetryDelay = 0.2;
    private const double LongestRetryDelay = 10;

    /// <summary>As in the engine's <c>ConcurrentUploader</c>.</summary>
    private const int MaxFilesInProgress = 256;

    private readonly SimulatedService _service;
    private readonly Process[] _processes;
    private readonly long _fileBytes;
    private readonly Random _random;
    private readonly double? _shareInterval;
    private readonly Dictionary<string, RunUsage> _usages = [];
    private int? _total;
    private readonly PriorityQueue<Action, double> _events = new();
    private readonly Queue<double> _processedTimes = new();
    private readonly List<Request> _transfers = [];
    private double _transferredUntil;
    private int _transferPlan;
    private int _accepted;
    private int _rejectedInFlight;
    private int _filesLeft;

    /// <param name="files">The number of files of each process.</param>
    /// <param name="known">The limit that the processes start with; null means to find it.</param>
    /// <param name="shareInterval">
    /// The seconds after which each process asks for its share of the limit; null means that they do not know each other.
    /// </param>
    /// <param name="knownTotal">The limit of all processes that an earlier run has found; null: none has.</param>
    public ConcurrencySimulation(
        SimulatedService service,
        int files = 1000,
        long fileBytes = 1024,
        int processes = 1,
        int? ceiling = null,
        int? known = null,
        int seed = 1,
        double? shareInterval = null,
        int? knownTotal = null
    )
    {
        _shareInterval = shareInterval;
        _total = knownTotal;
        _service = service;
        _fileBytes = fileBytes;
        _random = new Random(seed);
        _filesLeft = files * processes;
        _processes =
        [
            .. Enumerable
                .Range(0, processes)
                .Select(number => new Process(
                    $"{number:d2}",
                    new AdaptiveConcurrency(ceiling),
                    new SharedLimitSearch(TimeSpan.FromSeconds(shareInterval ?? 1))
                )),
        ];
        foreach (var process in _processes)
        {
            if (known is { } limit)
            {
                process.Concurrency.StartWith(limit);
            }

            for (var file = 0; file < files; file++)
            {
                process.Creations.Enqueue(new Request(process, IsContent: false, Bytes: 0));
            }
        }
    }

    /// <summary>The time of the last event, in seconds.</summary>
    public double Elapsed { get; private set; }

    public int Sent { get; private set; }

    public int Rejections { get; private set; }

    public double RejectedShare => (double)Rejections / Sent;

    public int MostInFlight { get; private set; }

    public int InFlight => _processes.Sum(process => process.Concurrency.InFlight);

    public int Limit => _processes[0].Concurrency.Limit;

    /// <summary>The limit of all processes that one of them has reported last; null: none has.</summary>
    public int? KnownTotal => _total;

    public int CompletedFiles { get; private set; }

    /// <summary>The share of the bytes sent so far that belong to files whose upload is complete.</summary>
    public double CompletedShare => CompletedFiles * _fileBytes / _sentBytes;

    private double _sentBytes;

    private TimeSpan Now => TimeSpan.FromSeconds(Elapsed);

    /// <summary>Runs until all files are uploaded, or until the given time.</summary>
    public ConcurrencySimulation Run(double until = double.MaxValue)
    {
        if (_shareInterval is not null && Sent == 0)
        {
            Array.ForEach(_processes, Share);
        }

        Array.ForEach(_processes, Send);
        while (_filesLeft > 0 && _events.TryPeek(out _, out var time) && time <= until)
        {
            var next = _events.Dequeue();
            Elapsed = time;
            next();
        }

        return this;
    }

    private void Schedule(double delay, Action action) => _events.Enqueue(action, Elapsed + delay);

    private void Send(Process process)
    {
        var concurrency = process.Concurrency;
        while (process.Contents.Count + process.Creations.Count > 0)
        {
            if (concurrency.InFlight >= concurrency.Limit)
            {
                concurrency.OnWaiting(
                    Math.Min(
                        process.Contents.Count + process.Creations.Count,
                        MaxFilesInProgress - concurrency.InFlight
                    )
                );
                return;
            }

            if (concurrency.PausedUntil > Now)
            {
                Schedule((concurrency.PausedUntil - Now).TotalSeconds + 0.001, () => Send(process));
                return;
            }

            var request = (process.Contents.Count > 0 ? process.Contents : process.Creations).Dequeue();
            request.Sent = concurrency.OnSent(request.Kind, Now);
            Sent++;
            MostInFlight = Math.Max(MostInFlight, InFlight);
            Schedule(_random.NextDouble() / 1000, () => Receive(request));
        }
    }

    private void Receive(Request request)
    {
        while (_processedTimes.TryPeek(out var time) && time <= Elapsed - 1)
        {
            _processedTimes.Dequeue();
        }

        var inFlight = _accepted + (_service.ThrottledOccupiesSlot ? _rejectedInFlight : 0);
        if (
            inFlight >= _service.Allowed(Elapsed)
            || (_service.PerSecond > 0 && _processedTimes.Count >= _service.PerSecond)
        )
        {
            _rejectedInFlight++;
            Schedule(_service.ThrottledLatency ?? Latency(), () => Reject(request));
            return;
        }

        _accepted++;
        _processedTimes.Enqueue(Elapsed);
        if (_service.Bandwidth > 0 && request.Bytes > 0)
        {
            Transfer();
            request.BytesLeft = request.Bytes;
            _transfers.Add(request);
            PlanTransfers();
        }
        else
        {
            Schedule(Latency(), () => Finish(request));
        }
    }

    private double Latency()
    {
        var isSlow = _service.SlowShare > 0 && _random.NextDouble() < _service.SlowShare;
        return (isSlow ? _service.SlowLatency : _service.Latency) * (1 + (0.06 * _random.NextDouble()));
    }

    /// <summary>Moves the bytes that the line has carried since the last call, the same number for each upload.</summary>
    private void Transfer()
    {
        var carried = _service.Bandwidth * (Elapsed - _transferredUntil);
        _transfers.ForEach(request => request.BytesLeft -= carried / _transfers.Count);
        _sentBytes += _transfers.Count > 0 ? carried : 0;
        _transferredUntil = Elapsed;
    }

    private void PlanTransfers()
    {
        var plan = ++_transferPlan;
        if (_transfers.Count > 0)
        {
            var least = Math.Max(0, _transfers.Min(request => request.BytesLeft));
            Schedule(least * _transfers.Count / _service.Bandwidth, () => EndTransfers(plan));
        }
    }

    private void EndTransfers(int plan)
    {
        if (plan == _transferPlan)
        {
            Transfer();
            foreach (var request in _transfers.Where(request => request.BytesLeft < 1).ToList())
            {
                _transfers.Remove(request);
                Schedule(Latency(), () => Finish(request));
            }

            PlanTransfers();
        }
    }

    private void Finish(Request request)
    {
        _accepted--;
        request.Process.Concurrency.OnEnded(request.Sent, RequestOutcome.Processed, Now);
        if (request.IsContent)
        {
            _filesLeft--;
            CompletedFiles++;
        }
        else
        {
            request.Process.Contents.Enqueue(new Request(request.Process, IsContent: true, _fileBytes));
        }

        Send(request.Process);
    }

    private void Reject(Request request)
    {
        Rejections++;
        _rejectedInFlight--;
        request.Process.Concurrency.OnEnded(request.Sent, RequestOutcome.Throttled, Now);
        var longest = Math.Min(FirstRetryDelay * Math.Pow(2, request.Retries++), LongestRetryDelay);
        Schedule(
            longest * (0.5 + (_random.NextDouble() / 2)),
            () =>
            {
                (request.IsContent ? request.Process.Contents : request.Process.Creations).Enqueue(request);
                Send(request.Process);
            }
        );
        Send(request.Process);
    }

    private void Share(Process process)
    {
        var concurrency = process.Concurrency;
        if (process.HasStarted && concurrency.InFlight + process.Contents.Count + process.Creations.Count == 0)
        {
            _usages.Remove(process.Id);
            return;
        }

        var own = concurrency.GetUsage(process.Id, Now);
        _usages[process.Id] = own;
        var others = _usages.Values.Where(usage => usage.Id != own.Id).ToList();
        var share = process.Search.Update(own, others, _total, Now);
        process.HasStarted |= concurrency.InFlight > 0;
        _total = share.Leads ? share.Total : _total;
        concurrency.Adopt(share, Now);
        Send(process);
        Schedule(_shareInterval!.Value, () => Share(process));
    }

    private sealed record Process(string Id, AdaptiveConcurrency Concurrency, SharedLimitSearch Search)
    {
        public bool HasStarted { get; set; }

        public Queue<Request> Contents { get; } = new();

        public Queue<Request> Creations { get; } = new();
    }

    private sealed record Request(Process Process, bool IsContent, long Bytes)
    {
        public RequestKind Kind { get; } =
            RequestKind.Create(IsContent ? "AssetVersion.Create" : "Asset.Create", Bytes);

        public SentRequest Sent { get; set; }

        public int Retries { get; set; }

        public double BytesLeft { get; set; }
    }
}
