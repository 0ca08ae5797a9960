namespace Serverless.Assets.Diagnostics;

/// <summary>Compares names, to find the one that a mistyped name stands for.</summary>
internal static class EditDistance
{
    /// <summary>Computes the Levenshtein distance: the number of insertions, deletions and substitutions.</summary>
    public static int Compute(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (
                    row[j],
                    Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1))
                );
            }
        }

        return row[^1];
    }
}
