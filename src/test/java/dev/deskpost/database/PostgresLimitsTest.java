package dev.deskpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.fixtures.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the profile {@code postgres} says to the server about those who hold what others wait for. */
class PostgresLimitsTest {

    @BeforeAll
    static void on_postgres() {
        Postgres.assumeAvailable();
    }

    @Test
    void every_connection_of_the_pool_has_them_whatever_options_the_url_has() {
        Postgres.Database database = Postgres.emptyDatabase();
        pool(database.url() + "?options=-c%20statement_timeout=50s", database, source -> {
            assertThat(shown(source, "idle_in_transaction_session_timeout")).isEqualTo("20s");
            assertThat(shown(source, "lock_timeout")).isEqualTo("30s");
            assertThat(shown(source, "statement_timeout")).isEqualTo("50s");
        });
    }

    @Test
    void a_transaction_that_stands_still_gives_its_locks_to_the_others() {
        Postgres.Database database = Postgres.emptyDatabase();
        pool(database.url(), database, source -> {
            try (Connection asleep = source.getConnection();
                    Connection other = source.getConnection()) {
                execute(other, "create table lane_of_all (id integer)");
                execute(asleep, "set idle_in_transaction_session_timeout = '100ms'"); // As it is, only sooner
                asleep.setAutoCommit(false);
                execute(asleep, "lock table lane_of_all");

                other.setAutoCommit(false);
                execute(other, "lock table lane_of_all");
                other.commit();

                assertThatThrownBy(() -> execute(asleep, "insert into lane_of_all values (2)"))
                        .isInstanceOf(SQLException.class);
            }
        });
    }

    private interface Use {
        void of(DataSource source) throws SQLException;
    }

    private static void pool(String url, Postgres.Database database, Use use) {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues(
                        "spring.profiles.active=postgres",
                        "spring.datasource.url=" + url,
                        "spring.datasource.username=" + database.user(),
                        "spring.datasource.password=" + database.password())
                .run(context -> use.of(context.getBean(DataSource.class)));
    }

    private static String shown(DataSource source, String setting) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
