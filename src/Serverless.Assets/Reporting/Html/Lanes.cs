namespace Serverless.Assets.Reporting.Html;

/// <summary>Gives each attempt a row that is free while it lasts: as many rows as there were requests in flight at most.</summary>
internal static class Lanes
{
    /// <param name="attempts">In the order of their starts.</param>
    /// <returns>The row of each, from 0.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<RequestAttempt> attempts)
    {
        var free = new PriorityQueue<int, int>();
        var busy = new PriorityQueue<int, TimeSpan>();
        var lanes = new int[attempts.Count];
        var count = 0;
        for (var i = 0; i < attempts.Count; i++)
        {
            while (busy.TryPeek(out var done, out var ended) && ended <= attempts[i].Started)
            {
                busy.Dequeue();
                free.Enqueue(done, done);
            }

            var lane = free.TryDequeue(out var lowest, out _) ? lowest : count++;
            lanes[i] = lane;
            busy.Enqueue(lane, attempts[i].Ended);
        }

        return lanes;
    }
}
