using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>Opens the database of a data folder. The messages of failures contain the reason and the remedy.</summary>
internal static class DatabaseFile
{
    /// <summary>In place of a file: the database is in memory.</summary>
    public const string InMemory = ":memory:";

    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    /// <exception cref="IOException">The file can't be opened.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or it is not a database of this version of the emulator.
    /// </exception>
    public static Database Open(string file)
    {
        Database? database = null;
        try
        {
            database = Database.Open(file);
            if (database.FindDamage() is { } damage)
            {
                throw CreateDamaged(file, damage);
            }

            if (Schema.Upgrade(database, file) && RowCheck.FindDamage(database) is { } invalid)
            {
                throw CreateDamaged(file, invalid);
            }

            return database;
        }
        catch (SqliteException exception)
        {
            database?.Dispose();
            throw exception.SqliteErrorCode switch
            {
                Corrupt or NotADatabase => CreateDamaged(file, exception.Message),
                Busy or Locked => new IOException(
                    $"The database {file} is locked by another program. Close that program, or choose another data "
                        + "folder.",
                    exception
                ),
                Full => new IOException(
                    $"The database {file} can't be opened: the disk is full. Free some space.",
                    exception
                ),
                _ => new IOException(
                    $"The database {file} can't be opened: {Flatten(exception.Message)}. "
                        + "Correct its permissions, or choose another data folder.",
                    exception
                ),
            };
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    private static InvalidDataException CreateDamaged(string file, string reason) =>
        new(
            $"The database {file} is damaged or not one of the emulator: {Flatten(reason)}. "
                + "Delete the data folder to start without data, or choose another data folder."
        );

    private static string Flatten(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
