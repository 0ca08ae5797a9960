namespace Serverless.Assets.Emulator.Storage;

internal sealed record Service(
    string Sid,
    string AccountSid,
    string UniqueName,
    string FriendlyName,
    bool IncludeCredentials,
    bool UiEditable,
    string DomainBase,
    DateTimeOffset Created,
    DateTimeOffset Updated
);
