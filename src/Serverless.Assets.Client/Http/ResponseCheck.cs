namespace Serverless.Assets.Client;

/// <summary>
/// Compares a response with the request: a proxy or a cache can mix up responses. One that is about another resource
/// counts as lost.
/// </summary>
internal static class ResponseCheck
{
    /// <param name="field">The name in the response: <c>asset_sid</c>.</param>
    /// <param name="actual">Null: the response does not contain the field, which is not an error.</param>
    /// <exception cref="MismatchedResponseException">The values differ.</exception>
    public static void RequireSame(string field, string expected, string? actual)
    {
        if (actual is not null && actual != expected && actual != SecretRedactor.Redact(expected)) // as responses are
        {
            throw new MismatchedResponseException(field, expected, actual);
        }
    }

    /// <inheritdoc cref="RequireSame(string, string, string?)"/>
    public static void RequireSame(string field, Sid expected, Sid? actual)
    {
        if (actual is { } sid && sid != expected)
        {
            throw new MismatchedResponseException(field, expected, sid);
        }
    }

    /// <param name="service">The Service of the request: a SID, or a unique name, which is not compared.</param>
    /// <inheritdoc cref="RequireSame(string, string, string?)"/>
    public static void RequireService(string service, Sid? actual)
    {
        if (Sid.TryParse(service, SidKind.Service, out var expected))
        {
            RequireSame("service_sid", expected, actual);
        }
    }

    /// <param name="service">The SID or unique name of the request. Letter case makes no difference.</param>
    /// <inheritdoc cref="RequireSame(string, string, string?)"/>
    public static void RequireService(string service, ServiceResource actual)
    {
        if (Sid.TryParse(service, SidKind.Service, out var expected))
        {
            RequireSame("sid", expected, actual.Sid);
        }
        else if (!service.Equals(actual.UniqueName, StringComparison.OrdinalIgnoreCase))
        {
            RequireSame("unique_name", service, actual.UniqueName);
        }
    }

    /// <param name="actual">Null or empty: the response does not list the versions, which is not an error.</param>
    /// <inheritdoc cref="RequireSame(string, string, string?)"/>
    public static void RequireVersions(string field, IEnumerable<Sid> expected, IEnumerable<Sid>? actual)
    {
        var found = (actual ?? []).ToHashSet();
        if (found.Count > 0 && !found.SetEquals(expected))
        {
            throw new MismatchedResponseException($"{field} are not the requested ones");
        }
    }

    /// <summary>Returns a list unchanged. The nullability of items is not checked by the deserializer.</summary>
    /// <exception cref="FormatException">An item is null.</exception>
    public static IReadOnlyList<T>? RequireItems<T>(this IReadOnlyList<T>? list)
        where T : class =>
        list?.Contains(null!) == true ? throw new FormatException("an item of a list is null") : list;
}

/// <summary>A response that is not about the requested resource.</summary>
internal sealed class MismatchedResponseException(string difference)
    : FormatException($"the response is not about the requested resource: {difference}")
{
    public MismatchedResponseException(string field, string expected, string actual)
        : this($"{field} is '{actual}', not '{expected}'") { }
}
