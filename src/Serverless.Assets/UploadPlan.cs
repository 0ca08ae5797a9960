namespace Serverless.Assets;

/// <summary>What an upload would do now.</summary>
/// <param name="ServiceSid">Null: the Service does not exist yet, and would be created.</param>
/// <param name="Assets">Sorted by path, ordinal.</param>
public sealed record UploadPlan(string? ServiceSid, IReadOnlyList<PlannedUpload> Assets);
