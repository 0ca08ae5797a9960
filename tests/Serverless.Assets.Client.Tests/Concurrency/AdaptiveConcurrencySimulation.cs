namespace Serverless.Assets.Client.Tests.Concurrency;

/// <summary>
/// Sends requests through <see cref="AdaptiveConcurrency"/> to a service with a limit, on a virtual clock: each takes the
/// latency, rejected or not, and the service counts a request as in flight until it answers.
/// </summary>
internal sealed class AdaptiveConcurrencySimulation(
    Func<double, int> allowedAt,
    double latency = 0.1,
    bool hasHeader = false,
    int? ceiling = null,
    Func<double, int>? othersAt = null
)
{
    private const double RetryDelay = 0.3;

    private readonly PriorityQueue<(bool Rejected, int OwnInFlight, int AccountInFlight), double> _answers = new();
    private readonly PriorityQueue<bool, double> _retries = new();
    private readonly AdaptiveConcurrency _concurrency = new(ceiling);
    private double _now;
    private int _inFlight;
    private int _accepted;

    public int Rejections { get; private set; }

    public int Sent { get; private set; }

    public int MostInFlight { get; private set; }

    public double Elapsed => _now;

    public double RejectedShare => (double)Rejections / Sent;

    /// <summary>The limit at each tenth of a second.</summary>
    public List<int> Limits { get; } = [];

    /// <summary>Ends when all are processed.</summary>
    public void Run(int requests)
    {
        var waiting = requests;
        var processed = 0;
        while (processed < requests)
        {
            while (_retries.TryPeek(out _, out var due) && due <= _now)
            {
                _retries.Dequeue();
                waiting++;
            }

            while (waiting > 0 && _inFlight < _concurrency.Limit)
            {
                waiting--;
                Send();
            }

            _now = NextEvent();
            while (_answers.TryPeek(out var answer, out var due) && due <= _now)
            {
                _answers.Dequeue();
                processed += Receive(answer.Rejected, answer.OwnInFlight, answer.AccountInFlight);
                while (waiting > 0 && _inFlight < _concurrency.Limit)
                {
                    waiting--;
                    Send();
                }
            }

            while (Limits.Count <= _now * 10)
            {
                Limits.Add(_concurrency.Limit);
            }
        }
    }

    private double NextEvent()
    {
        var answer = _answers.TryPeek(out _, out var answerDue) ? answerDue : double.MaxValue;
        var retry = _retries.TryPeek(out _, out var retryDue) ? retryDue : double.MaxValue;
        return Math.Min(answer, retry);
    }

    private void Send()
    {
        Sent++;
        _inFlight++;
        MostInFlight = Math.Max(MostInFlight, _inFlight);
        var others = othersAt?.Invoke(_now) ?? 0;
        var isRejected = _accepted + others >= allowedAt(_now);
        if (!isRejected)
        {
            _accepted++;
        }

        // A little spread, so that rounds do not stay in step for ever.
        _answers.Enqueue((isRejected, _inFlight, _accepted + others), _now + (latency * (1 + (Sent % 7 * 0.01))));
    }

    private int Receive(bool isRejected, int inFlightWhenSent, int accountInFlight)
    {
        var wasFull = _inFlight >= _concurrency.Limit;
        var ownInFlight = Math.Min(_inFlight, inFlightWhenSent);
        _inFlight--;
        int? header = hasHeader ? accountInFlight : null;
        if (isRejected)
        {
            Rejections++;
            _concurrency.OnThrottled(header);
            _retries.Enqueue(true, _now + RetryDelay);
            return 0;
        }

        _accepted--;
        _concurrency.OnProcessed(wasFull, ownInFlight, header);
        return 1;
    }
}
