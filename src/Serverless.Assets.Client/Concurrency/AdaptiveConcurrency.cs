namespace Serverless.Assets.Client;

/// <summary>
/// Decides how many requests may be in flight, to use a limit of the service that is not published: on concurrent
/// requests or on requests per second, for the account, which other processes may share. The only evidence is which
/// requests get 429, and how long the others take.
/// <list type="bullet">
/// <item><b>Startup</b> doubles the limit after each round, like TCP's slow start (RFC 5681, section 3.1), until a 429
/// or until a higher limit no longer increases the throughput. It saves the second round if that would take long.</item>
/// <item>A <b>429</b> for a request of the last raise lowers the limit by the requests of that raise that are rejected:
/// of n requests in flight over a limit of L, n - L are. Until their responses have arrived, the limit is the last one
/// that held, so that a service that takes as long to reject a request as to process it does not reject one after the
/// other; if it may count rejected requests as in flight, a raise is brief (<see cref="BriefRaise"/>). If the lower limit
/// is rejected too, it is halved, or, when it seems to be a limit per second (<see cref="LimitPerSecond"/>), set to what
/// the service processed in the last second times the duration of a request: the bandwidth-delay product that BBR
/// estimates. Below one request in flight, <see cref="ThrottlePause"/> delays requests.</item>
/// <item><b>Experiments</b> raise the limit again (<see cref="ExperimentSteps"/>) while enough requests wait and none is
/// rejected. The 429s that one cost determine when the next one follows (<see cref="ExperimentSchedule"/>).</item>
/// <item><b>Throughput</b>: if requests take longer in proportion to the number in flight, they only share the line.
/// The limit then returns to the one before, so that fewer uploads share it and finish. TCP Vegas and Netflix's Gradient2
/// limiter compare durations in this way, and AzCopy tunes its number of connections by the throughput.</item>
/// </list>
/// The limit grows only while it is fully used (RFC 7661). The header <c>Twilio-Concurrent-Requests</c> is not used: it
/// is not documented for this product whether it counts rejected requests or those of other products, and how old the
/// number is, so it could only contradict what 429s show.
/// </summary>
/// <remarks>
/// Not thread-safe, except for <see cref="Limit"/> and <see cref="InFlight"/>: <see cref="ConcurrencyGate"/> calls it one
/// thread at a time. Times are durations since an arbitrary start.
/// </remarks>
internal sealed class AdaptiveConcurrency
{
    /// <summary>The limit that startup begins with: low enough for any account. Users report 100 by default.</summary>
    public const int Start = 8;

    /// <summary>How many reductions in a row may be rejected too before the limit is halved.</summary>
    /// <remarks>The service may still have counted a request whose response had arrived.</remarks>
    private const int MaxStrikes = 2;

    /// <summary>How long the responses to a failed raise are waited for, in usual durations of a request.</summary>
    private const int ResponseDurations = 4;

    private readonly int _ceiling;
    private readonly ThroughputComparison _throughput = new();
    private readonly RecentRequests _recent = new();
    private readonly ExperimentSchedule _schedule = new();
    private readonly ExperimentSteps _steps = new();
    private readonly ThrottlePause _pause = new();
    private readonly LimitPerSecond _perSecond = new();
    private readonly RunSharing _sharing = new();
    private long _nextNumber;
    private Stage _stage = Stage.Startup;
    private Round _round;
    private long _raiseEnd;
    private BriefRaise? _briefRaise;
    private Setback? _setback;

    /// <summary>The last limit that held for a round.</summary>
    private int _proven = 1;

    /// <summary>Whether the service counts rejected requests as in flight.</summary>
    private bool _rejectedTakeSlots;

    private bool _isFound;
    private bool _isRemembered;
    private bool _isLineFull;

    /// <param name="ceiling">The highest limit; null means that only the service's limit applies.</param>
    public AdaptiveConcurrency(int? ceiling = null)
    {
        _ceiling = ceiling ?? int.MaxValue;
        Limit = Start;
        StartRound(TimeSpan.Zero);
    }

    /// <summary>The number of requests that may be in flight; at least 1.</summary>
    public int Limit
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, Math.Clamp(value, 1, _ceiling));
    }

    /// <summary>The number of requests in flight.</summary>
    public int InFlight
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>The limit of all processes that share it; null if no 429 and no throughput has shown it.</summary>
    public int? Found =>
        _sharing.Total is not null && (_sharing.Part is not null || !_isFound) ? _sharing.Total
        : !_isFound ? null
        : _stage == Stage.Experiment ? _proven
        : Limit;

    private bool IsUsed => _stage is Stage.Steady or Stage.Computed; // not only tried

    /// <summary>No request may be sent before this time.</summary>
    public TimeSpan PausedUntil => _pause.Until;

    /// <summary>Starts with the limit that an earlier run found. No effect after the first request.</summary>
    public void StartWith(int found)
    {
        if (_nextNumber == 0)
        {
            Continue(found, TimeSpan.Zero);
            _isRemembered = true;
        }
    }

    /// <summary>Describes the process for others that share its limit.</summary>
    public RunUsage GetUsage(string id, TimeSpan now)
    {
        Limit = _sharing.Part?.Restore(Limit, now) ?? Limit;
        var usage = _sharing.GetUsage(id, Limit, InFlight, _pause.IsNeeded, now);
        return usage with
        {
            Limit = IsUsed ? Limit : Math.Clamp(InFlight, 1, _proven == 1 ? Limit : _proven),
            HasFoundLimit = (_isFound || _isRemembered) && _setback is not { IsOpen: true },
            IsLimited = usage.IsLimited && !_isLineFull,
            Duration = _recent.Duration,
        };
    }

    /// <summary>
    /// Adopts a part of a limit that processes share. <see cref="SharedLimitSearch"/> then looks for the limit.
    /// </summary>
    /// <param name="share">Null: the limit is no longer shared.</param>
    public void Adopt(LimitShare? share, TimeSpan now)
    {
        var isFirst = _sharing.Update(share);
        if (share?.Part is { } size)
        {
            if (_sharing.Part?.IsSame(share) != true)
            {
                Continue(size, now);
                _sharing.Part = PartOfLimit.Create(share, Limit, _nextNumber, now, _recent.Duration, _sharing.Part);
            }
        }
        else if (_sharing.Part is not null || (isFirst && _stage == Stage.Startup))
        {
            _sharing.Part = null;
            _isFound = false; // what is known was not found by this process
            Continue(share?.Total ?? Limit, now);
        }
        else if (!_sharing.IsAlone && _stage == Stage.Startup && _proven == 1)
        {
            Limit = Math.Min(Limit, Math.Max(2, 2 * Start / share!.Runs)); // others start too
        }
    }

    /// <summary>Continues with a limit that is thought to hold.</summary>
    private void Continue(int limit, TimeSpan now)
    {
        Limit = limit;
        _proven = Limit;
        _steps.Excess = null;
        _briefRaise = null;
        _setback = null;
        _stage = Stage.Steady;
        StartRound(now);
    }

    /// <summary>Call when a request is sent.</summary>
    public SentRequest OnSent(RequestKind kind, TimeSpan now)
    {
        _throughput.OnSent(kind);
        var request = new SentRequest(_nextNumber++, kind, now, ++InFlight);
        Limit = _briefRaise?.IsLast(_nextNumber, InFlight) == true ? _briefRaise.Before : Limit;
        return request;
    }

    /// <summary>Call when requests have to wait because of the limit.</summary>
    public void OnWaiting(int waiting)
    {
        _schedule.OnWaiting(waiting);
        _round.IsLimited = true;
        _sharing.OnWaiting();
    }

    /// <summary>Call when a request has ended.</summary>
    public void OnEnded(SentRequest request, RequestOutcome outcome, TimeSpan now)
    {
        if (--InFlight == 0)
        {
            _sharing.OnIdle(now);
        }

        _throughput.OnEnded(request.Kind);
        _briefRaise?.OnEnded(request);
        switch (outcome)
        {
            case RequestOutcome.Processed:
                OnProcessed(request, now);
                break;
            case RequestOutcome.Throttled:
                OnThrottled(request, now);
                break;
            default:
                OnAnswered(request, now);
                break;
        }
    }

    private void OnProcessed(SentRequest request, TimeSpan now)
    {
        var duration = now - request.SentAt;
        var isCurrent = request.Number >= _round.FirstNumber;
        _recent.Add(now, duration);
        _throughput.Add(request.Kind, duration, Limit, isCurrent);
        _schedule.OnProcessed();
        if (_setback?.IsBefore(request) == false)
        {
            _setback.OnRecovered();
        }

        _pause.OnProcessed(Limit, _recent.Duration, now);
        if (now >= _briefRaise?.Until)
        {
            EndBriefRaise();
        }

        OnAnswered(request, now);
        _round.Processed += isCurrent ? 1 : 0;
        if (isCurrent && _round.IsOver(now) && CanEndRound(now))
        {
            EndRound(now);
        }
    }

    private void OnThrottled(SentRequest request, TimeSpan now)
    {
        if (_sharing.Part is { } part && Limit > 1)
        {
            Limit = part.Reduce(Limit, request);
            return;
        }

        if (_setback?.IsBefore(request) == true)
        {
            OnThrottledAgain(_setback, request);
            OnAnswered(request, now);
            return;
        }

        var raised = EndBriefRaise() ?? new RaisedRequests(InFlight + 1, _raiseEnd, InFlight, _nextNumber);
        var strikes = (_setback?.Strikes ?? 0) + 1;
        var cause = _stage switch
        {
            _ when strikes > MaxStrikes => SetbackCause.Repetition,
            Stage.Startup => SetbackCause.Startup,
            Stage.Experiment => SetbackCause.Experiment,
            _ => SetbackCause.Change,
        };
        var deadline = now + (ResponseDurations * _recent.Duration);
        var isComputed = _stage == Stage.Computed;
        var isTooHigh = isComputed && Limit > _proven && _setback!.Cause == SetbackCause.Startup;
        var floor = Math.Max(Limit / 2, isTooHigh ? _proven : 1);
        _perSecond.OnThrottled(strikes, isComputed, _recent.GetConcurrency(now));
        _setback = new Setback(cause, Limit, floor, raised, _nextNumber, strikes, deadline);
        _raiseEnd = _nextNumber;
        Reduce(_setback, now);
        _schedule.OnReduced();
        _stage = Stage.Steady;
        _isFound = true;
        _isLineFull = false;
        StartRound(now);
        SettleIfPossible(now);
    }

    /// <summary>The request was sent before the last reduction, so its rejection does not speak against that.</summary>
    private void OnThrottledAgain(Setback setback, SentRequest request)
    {
        setback.OnRejected(request);
        _schedule.OnRejected(setback.Cost, Limit);
        Limit = setback.Cause == SetbackCause.Change ? setback.LowerLimit : Limit;
    }

    private void Reduce(Setback setback, TimeSpan now)
    {
        switch (setback.Cause)
        {
            case SetbackCause.Repetition:
                var lowest = _perSecond.IsLikely ? Math.Max(1, _recent.GetConcurrency(now)) : 1;
                if (Limit <= lowest)
                {
                    _pause.Extend(_recent.Duration, now);
                }

                Limit = Math.Min(Limit, Math.Max(Limit / 2, lowest));
                _steps.Excess = setback.Limit;
                _schedule.Restart();
                break;
            case SetbackCause.Change:
                if (Limit == 1)
                {
                    _pause.Extend(_recent.Duration, now);
                }

                Limit--;
                _steps.Excess = setback.Limit;
                _schedule.Restart();
                break;
            default:
                _perSecond.OnRaiseFailed();
                Limit = Math.Min(Math.Max(_proven, Limit / 2), Limit - 1);
                _schedule.OnRejected(setback.Cost, Limit);
                _schedule.OnFailed();
                break;
        }
    }

    private void OnAnswered(SentRequest request, TimeSpan now)
    {
        _setback?.OnAnswered(request);
        SettleIfPossible(now);
    }

    /// <summary>When the requests of a failed raise have been answered, their number shows the limit.</summary>
    private void SettleIfPossible(TimeSpan now)
    {
        if (_setback?.CanSettle(now) == true)
        {
            _setback.Settle();
            var accepted = _setback.Accepted;
            _steps.Excess = accepted < Limit ? _setback.Limit : accepted + 1;
            _stage = Stage.Computed;
            Limit = Math.Max(Limit, accepted);
            StartRound(now);
        }
    }

    private bool CanEndRound(TimeSpan now) =>
        _throughput.IsRepresentative
        && _setback is not { IsOpen: true }
        && (!_perSecond.IsLikely || now - _round.Started >= RecentRequests.Period);

    /// <summary>Continues with the higher limit.</summary>
    /// <returns>The requests of the brief raise; null if there was none, or if more of them are sent.</returns>
    private RaisedRequests? EndBriefRaise()
    {
        var requests = _briefRaise?.Requests;
        Limit = requests is null ? Limit : _briefRaise!.Raised;
        _briefRaise = null;
        return requests;
    }

    private void EndRound(TimeSpan now)
    {
        EndBriefRaise();
        if (_round.IsLimited && !_pause.IsNeeded)
        {
            if (_stage is Stage.Startup or Stage.Experiment && _throughput.IsExhausted((double)Limit / _proven))
            {
                Limit = _proven;
                _stage = Stage.Steady;
                _isLineFull = true;
                _isFound = true;
                _schedule.OnReduced();
            }
            else
            {
                OnLimitHeld(now);
            }
        }

        StartRound(now);
    }

    private void OnLimitHeld(TimeSpan now)
    {
        _proven = Limit;
        _rejectedTakeSlots |= _setback is { TakesSlots: true }; // a limit per second would not have held
        _throughput.StartLimit();
        if (IsUsed)
        {
            _schedule.OnQuietRound();
            _perSecond.OnHeld(isComputed: _stage == Stage.Computed);
            _isFound = true;
            _stage = Stage.Steady;
        }
        else
        {
            _schedule.OnSucceeded();
            _perSecond.OnRaiseSucceeded(Limit);
        }

        if (CanRaise())
        {
            Raise(now);
        }
        else if (_stage == Stage.Experiment)
        {
            _stage = Stage.Steady; // at the ceiling
        }
    }

    private bool CanRaise() =>
        Limit < _ceiling
        && _sharing.Part is null
        && (_stage == Stage.Startup || _schedule.IsWorkLeft(Limit))
        && (
            _stage != Stage.Steady
            || _schedule.IsDue
            || (_schedule.IsPaidFor && (_perSecond.IsLikely || _steps.IsBelowExcess(Limit)))
        );

    private void Raise(TimeSpan now)
    {
        var before = Limit;
        Limit += _stage switch
        {
            Stage.Startup => MaySaveRound ? 3 * Limit : Limit,
            _ when _isLineFull => Math.Max(1, Limit / 2),
            _ when _perSecond.IsLikely => 1,
            _ => _steps.GetNext(Limit, isFirst: _stage == Stage.Steady),
        };
        _stage = _stage == Stage.Startup ? Stage.Startup : Stage.Experiment;
        _raiseEnd = _nextNumber + Math.Max(Limit - before, Limit - InFlight);
        _briefRaise = IsBrief(before)
            ? new BriefRaise(before, Limit, _raiseEnd, _stage == Stage.Experiment, _recent.GetBriefEnd(now))
            : null;
    }

    /// <summary>
    /// Whether the responses to some requests show enough. It saves 429s if the service counts rejected requests as in
    /// flight; otherwise, only a full round shows whether a limit per second or the throughput is exceeded.
    /// </summary>
    private bool IsBrief(int before) =>
        _stage == Stage.Startup
            ? before > Start
            : _rejectedTakeSlots && !_perSecond.IsLikely && !ThroughputComparison.CanCompare((double)Limit / before);

    private bool MaySaveRound =>
        _sharing.IsAlone && Limit == Start && _recent.AreLong && !_throughput.IsLongBodyInFlight;

    private void StartRound(TimeSpan now)
    {
        // When the limit is raised, most of those that the last round ended with have just been sent in place of others.
        var size =
            _stage == Stage.Startup && _raiseEnd > _nextNumber
                ? Math.Max((int)(_raiseEnd - _nextNumber), Limit * 2 / 3)
                : Limit;
        var longUntil = _stage == Stage.Startup && Limit > Start ? _recent.GetBriefEnd(now) : TimeSpan.Zero;
        _round = new Round(_nextNumber, now, size, longUntil);
        _throughput.Restart();
    }
}
