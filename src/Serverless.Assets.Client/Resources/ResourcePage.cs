namespace Serverless.Assets.Client;

/// <summary>A page of a list, which is complete.</summary>
/// <param name="Items">At most as many as the page size; newest first.</param>
/// <param name="NextPageToken">What to pass for the next page; null on the last page.</param>
public sealed record ResourcePage<T>(IReadOnlyList<T> Items, string? NextPageToken);
